import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { start } from '../cli/run.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
}

test("spans go to OpenTelemetry's collector, in the caller's trace, without a word of the document", async () => {
  let received = '';
  const spans: Span[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received += body;
    for (const { scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const child = start(['serve', '--port', '0'], {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'precis-test' },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  await expect.poll(() => said, { timeout: 30_000 }).toMatch(/listens on http/);
  const url = /listens on (http:\S+)/.exec(said)?.[1];
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  await fetch(`${url}/v1/summaries`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ document: { text: 'Zanzibarium rises.' } }),
  });
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
  collector.close();
  expect(spans.map(({ name }) => name).sort()).toEqual(['POST /v1/summaries', 'model', 'queue']);
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const request = spans.find(({ name }) => name.startsWith('POST'));
  expect(request?.parentSpanId).toBe('b7ad6b7169203331');
  const inner = spans.filter((span) => span !== request);
  expect(inner.map((span) => span.parentSpanId)).toEqual([request?.spanId, request?.spanId]);
  expect(received).toContain('precis-test');
  expect(received).not.toContain('Zanzibarium');
});
