import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';

/** Measures every request, and reads the queue, the cache and the workers when it is asked. */
export default fp<PluginOptions>(async (app, { admission, metrics, service, suggestions }) => {
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the address: that may hold anything.
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    metrics.request.observe({ route, method, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const { gauge } = metrics;
  const runtime = () => service.current?.info().runtime;
  gauge('precis_queue_documents', 'Documents waiting.', () => admission.state.waiting);
  gauge('precis_queue_tokens', 'Tokens waiting.', () => admission.state.waitingTokens);
  gauge('precis_running_documents', 'Documents at the model.', () => admission.state.running);
  gauge('precis_cache_entries', 'Cached suggestions.', () => suggestions.cache.size.entries);
  gauge('precis_cache_bytes', 'Size of the cache.', () => suggestions.cache.size.bytes);
  gauge('precis_workers', 'Worker threads of the model.', () => runtime()?.workers ?? 0);
  gauge('precis_worker_restarts', 'Workers replaced.', () => runtime()?.restarts ?? 0);
  gauge('precis_ready', 'Whether it takes requests.', () =>
    service.current && !service.draining ? 1 : 0,
  );
});
