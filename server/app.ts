import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import autoload from '@fastify/autoload';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { Admission } from './admission/admission.js';
import { type Config, config } from './config/index.js';
import type { Database } from './feedback/database.js';
import { Feedback } from './feedback/feedback.js';
import { Keys } from './keys/keys.js';
import { Quotas } from './keys/quota.js';
import { type LogDestination, logger } from './log.js';
import { Metrics } from './metrics.js';
import { Service } from './service.js';
import { Reader } from './source.js';
import type { Suggester } from './suggester.js';
import { Suggestions } from './suggestions.js';
import { validatorCompiler } from './validator.js';

export interface AppOptions extends Partial<Config> {
  /** The model, or the promise of it: until then every route that needs it answers 503. */
  suggester: Suggester | Promise<Suggester>;
  /** Loads the model anew when a reload is asked for. */
  load?: () => Promise<Suggester>;
  /** Where log lines go; standard output when left out. */
  log?: LogDestination;
  /** Database of feedback; without it every feedback route answers 503. */
  openDatabase?: (signal: AbortSignal) => Promise<Database>;
}

/** What every plugin and route is given. */
export interface PluginOptions {
  settings: Config;
  service: Service;
  admission: Admission;
  suggestions: Suggestions;
  metrics: Metrics;
  feedback: Feedback;
  keys: Keys;
  quotas: Quotas;
  reader: Reader;
}

/** One document more than there are workers: the next one is read while the model is busy. */
const AHEAD = 1;
/** A client has this long at most to send its headers: Node's default is a minute. */
const HEADERS_MILLISECONDS = 10_000;

/** The service, not yet listening. Closing it closes the model too. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { suggester, load: loadModel, log, openDatabase, logLevel = 'silent', ...rest } = options;
  const settings = config.parse({ ...rest, logLevel });
  const metrics = new Metrics();
  const service = new Service(suggester, loadModel, (result) => metrics.reloads.inc({ result }));
  const admission = new Admission({
    queueTokens: settings.queueTokens,
    places: () => (service.current?.info().runtime.workers ?? 0) + AHEAD,
    onStart: (waited) => metrics.queue.observe(waited),
  });
  const headersTimeout = Math.min(HEADERS_MILLISECONDS, settings.bodySeconds * 1000);
  const app = fastify({
    logger: logger(logLevel, log),
    bodyLimit: settings.bodyBytes,
    genReqId: () => randomUUID(),
    trustProxy: settings.trustProxy,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
    http: { headersTimeout, connectionsCheckingInterval: headersTimeout / 2 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const feedback = new Feedback({
    open: openDatabase ?? noDatabase,
    storeTexts: settings.storeTexts,
    retentionDays: settings.retentionDays,
    metrics,
    warn: (problem, error) => app.log.warn({ err: error }, problem),
  });
  const suggestions = new Suggestions({
    service,
    admission,
    metrics,
    cacheBytes: settings.cacheBytes,
    onShown: openDatabase && ((shown) => feedback.record(shown)),
  });
  const keys = await Keys.open(settings.keysFile, (problem) => app.log.error(problem));
  const quotas = new Quotas();
  const given: PluginOptions = {
    settings,
    service,
    admission,
    suggestions,
    metrics,
    feedback,
    keys,
    quotas,
    reader: new Reader(),
  };
  const load = (dir: string) =>
    app.register(autoload, { dir: join(import.meta.dirname, dir), forceESM: true, options: given });
  await load('plugins/external');
  await load('plugins/app');
  await load('routes');
  await app.ready();
  return app as unknown as FastifyInstance;
}

async function noDatabase(): Promise<never> {
  throw new Error('this service has no database');
}
