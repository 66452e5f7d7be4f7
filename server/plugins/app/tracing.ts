import {
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | null;
  }
}

/** A span a request, part of the caller's trace (`traceparent`). Costs nothing while tracing is off. */
export default fp(async (app) => {
  const tracer = trace.getTracer('precis');
  app.decorateRequest('span', null);
  app.addHook('onRequest', async (request) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const attributes = { 'http.request.method': method, 'http.route': route };
    const caller = propagation.extract(context.active(), request.headers);
    const options = {
      kind: SpanKind.SERVER,
      attributes: { ...attributes, 'precis.request_id': request.id },
    };
    request.span = tracer.startSpan(`${method} ${route}`, options, caller);
  });
  // Reading the body leaves the context of the request, so that it is entered only after that.
  app.addHook('preHandler', (request, _, done) => {
    const { span } = request;
    if (span) context.with(trace.setSpan(context.active(), span), done);
    else done();
  });
  app.addHook('onResponse', async ({ span }, { statusCode }) => {
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
});
