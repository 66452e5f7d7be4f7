import swaggerUi from '@fastify/swagger-ui';
import type { FastifyPluginAsync } from 'fastify';

/** A page on which every route can be tried; all its files come from here. */
export default (async (app) => {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // The service may be reached over plain HTTP on a private network.
    transformStaticCSP: (policy) =>
      policy.replace('upgrade-insecure-requests;', '').replace('validator.swagger.io', ''),
    uiConfig: { tryItOutEnabled: true },
  });
}) satisfies FastifyPluginAsync;
