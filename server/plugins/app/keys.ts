import rateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';
import { ServiceError } from '../../errors.js';
import type { Scope, StoredKey } from '../../keys/key.js';
import { RateWindows } from '../../keys/windows.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a key must allow; null for a route that everyone may use. */
    scope?: Scope | null;
  }
  interface FastifyRequest {
    /** The caller's key; null where keys are off. */
    apiKey: StoredKey | null;
  }
}

/** Asks for a key where keys exist, and holds each to its requests a minute. */
export default fp<PluginOptions>(async (app, { keys, settings }) => {
  app.decorateRequest('apiKey', null);
  app.addHook('onRoute', (route) => {
    const scope = route.config?.scope;
    // A route of the API that forgets to say is the administrator's.
    if (scope === undefined && /^\/(v1|models)\b/.test(route.url)) {
      route.config = { ...route.config, scope: 'admin' };
    }
  });
  app.addHook('onRequest', async (request) => {
    const { scope } = request.routeOptions.config;
    if (request.is404 || !scope) return;
    request.apiKey = await keys.authorize(request.headers.authorization, scope);
  });
  await app.register(rateLimit, {
    timeWindow: 60_000,
    store: RateWindows,
    max: (request) => request.apiKey?.ratePerMinute ?? settings.ratePerMinute,
    keyGenerator: (request) => request.apiKey?.id ?? '',
    allowList: (request) => request.apiKey === null,
    errorResponseBuilder: (_, { max, ttl }) => {
      const retryAfter = Math.max(1, Math.ceil(ttl / 1000));
      const message = `The API key has made its ${max} requests of this minute.`;
      return new ServiceError(429, 'rate_limited', message, { retryAfter });
    },
  });
});
