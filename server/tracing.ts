import { version } from './version.js';

/** How long the end of the process waits for a collector. */
const FLUSH_MILLISECONDS = 2000;

/**
 * Sends traces where OpenTelemetry's own variables say (`OTEL_EXPORTER_OTLP_ENDPOINT`,
 * `OTEL_SERVICE_NAME`, …). Without them nothing is loaded.
 *
 * @returns what sends the last ones.
 */
export async function startTracing(environment = process.env): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = environment;
  const wanted = OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (!wanted || environment.OTEL_SDK_DISABLED === 'true') return async () => {};
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const named = { 'service.name': environment.OTEL_SERVICE_NAME || 'precis' };
  const provider = new NodeTracerProvider({
    resource: resources.resourceFromAttributes({ ...named, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return async () => {
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, FLUSH_MILLISECONDS).unref();
    });
    await Promise.race([provider.shutdown().catch(() => {}), late]);
  };
}
