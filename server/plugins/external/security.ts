import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';

const exposed = ['etag', 'retry-after', 'preference-applied', 'x-request-id'];

/** Headers that keep browsers careful, and the pages of other origins that may call. */
export default fp<PluginOptions>(async (app, { settings }) => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      // The service may be reached over plain HTTP on a private network.
      directives: { upgradeInsecureRequests: null },
    },
  });
  if (settings.corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: settings.corsOrigins,
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: exposed,
    maxAge: 600,
  });
});
