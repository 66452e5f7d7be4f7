import type { FastifyPluginAsync } from 'fastify';

export default (async (app) => {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}) satisfies FastifyPluginAsync;
