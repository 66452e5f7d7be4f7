import { Socket } from 'node:net';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';

const answer = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * Cuts off clients that begin a body and let it trickle: a route that reads its body as a whole wants
 * it within `bodySeconds`, one that streams wants something new within that time. Node's own
 * `requestTimeout` can't tell the two apart.
 */
export default fp<PluginOptions>(async (app, { settings }) => {
  app.addHook('preParsing', async (request) => {
    const { raw, routeOptions } = request;
    // `inject` has no socket.
    if (raw.complete || !(raw.socket instanceof Socket)) return;
    const streams = routeOptions.config.streams === true;
    let seen = raw.socket.bytesRead;
    const timer = setInterval(() => {
      const progress = raw.socket.bytesRead !== seen;
      seen = raw.socket.bytesRead;
      // What lies unread waits for us, not for the client.
      if (raw.complete || (streams && (progress || raw.readableLength > 0))) return;
      request.log.warn('request body stalled');
      raw.socket.end(answer);
      raw.socket.destroySoon();
    }, settings.bodySeconds * 1000).unref();
    const stop = () => clearInterval(timer);
    raw.once('end', stop).once('close', stop);
  });
});

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is read piece by piece, for as long as it takes. */
    streams?: boolean;
  }
}
