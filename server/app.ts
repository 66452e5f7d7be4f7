import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import autoload from '@fastify/autoload';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { type LogDestination, logger } from './log.js';
import { Service } from './service.js';
import type { Suggester } from './suggester.js';
import { validatorCompiler } from './validator.js';

export interface AppOptions {
  /** The model, or the promise of it: until then every route that needs it answers 503. */
  suggester: Suggester | Promise<Suggester>;
  bodyBytes?: number;
  logLevel?: string;
  /** Where log lines go; standard output when left out. */
  log?: LogDestination;
}

/** What every plugin and route is given. */
export interface PluginOptions {
  service: Service;
  bodyBytes: number;
}

/** The service, not yet listening. Closing it closes the model too. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { bodyBytes = 4 * 1024 * 1024 } = options;
  const service = new Service(options.suggester);
  const app = fastify({
    logger: logger(options.logLevel ?? 'silent', options.log),
    bodyLimit: bodyBytes,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const given: PluginOptions = { service, bodyBytes };
  const load = (dir: string) =>
    app.register(autoload, { dir: join(import.meta.dirname, dir), forceESM: true, options: given });
  await load('plugins/external');
  await load('plugins/app');
  await load('routes');
  await app.ready();
  return app as unknown as FastifyInstance;
}
