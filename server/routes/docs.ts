import swaggerUi from '@fastify/swagger-ui';
import type { FastifyPluginAsync } from 'fastify';

/** A page on which every route can be tried; all its files come from here. */
export default (async (app) => {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // The document names no server: the page calls the one it came from.
    uiConfig: { tryItOutEnabled: true, persistAuthorization: false },
  });
}) satisfies FastifyPluginAsync;
