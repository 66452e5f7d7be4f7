import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';
import type { Service } from '../../service.js';

declare module 'fastify' {
  interface FastifyInstance {
    service: Service;
  }
}

/** Holds the model, and drains it: while the app closes, new requests are answered 503. */
export default fp<PluginOptions>(async (app, { service, feedback }) => {
  app.decorate('service', service);
  app.addHook('onRequest', async () => service.refuseWhenDraining());
  app.addHook('onSend', async (_, reply) => {
    if (service.draining) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => service.drain());
  app.addHook('onClose', async () => {
    await service.close();
    await feedback.close();
  });
});
