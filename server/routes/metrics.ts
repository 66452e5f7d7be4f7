import type { FastifyPluginAsync } from 'fastify';
import type { PluginOptions } from '../app.js';

export default (async (app, { metrics }) => {
  const { registry } = metrics;
  const config = { scope: 'admin' } as const;
  app.get('/metrics', { schema: { hide: true }, config }, async (_, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
}) satisfies FastifyPluginAsync<PluginOptions>;
