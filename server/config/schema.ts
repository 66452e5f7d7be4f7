import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a field comes from beside the file, and why its default is what it is. */
interface Origin {
  variable: string;
  /** Why the default is what it is. */
  why: string;
  /** Printed as ***. */
  secret?: true;
}

const origins = z.registry<Origin>();

const count = () => z.coerce.number().int().positive();
const yes = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', 'yes', 'no'])])
  .transform((value) => value === true || ['true', '1', 'yes'].includes(String(value)));
const list = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (Array.isArray(value) ? value : value.split(',')).map((part) => part.trim()).filter(Boolean),
  );

const field = <T extends z.ZodType>(
  type: T,
  variable: string,
  about: string,
  why: string,
  secret?: true,
): T => {
  const described = type.describe(about);
  origins.add(described, { variable, why, ...(secret ? { secret } : {}) });
  return described;
};

const MB = 1024 * 1024;
const home = process.env.XDG_DATA_HOME || join(homedir(), '.local/share');

/** Every setting of the service: type, default, variable, and the reasons for them. */
export const config = z.strictObject({
  host: field(
    z.string().min(1).default('127.0.0.1'),
    'HOST',
    'address to bind',
    'only this machine can reach it until keys exist',
  ),
  port: field(
    z.coerce.number().int().min(0).max(65_535).default(8080),
    'PORT',
    'port, 0 for any free one',
    'customary for HTTP without privileges',
  ),
  bundle: field(
    z.string().min(1).optional(),
    'PRECIS_BUNDLE',
    'folder of the model',
    'the bundle that ships with precis',
  ),
  workers: field(
    z.coerce.number().int().min(1).max(256).default(1),
    'PRECIS_WORKERS',
    'documents at the model at once',
    'one worker uses up to four cores for one document, which answers a single writer soonest',
  ),
  logLevel: field(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    'LOG_LEVEL',
    'least level that is logged',
    'a line a request, and faults',
  ),
  bodyBytes: field(
    count().default(4 * MB),
    'PRECIS_BODY_BYTES',
    'largest JSON body, or line of a batch, in bytes',
    'fits a book of 700,000 words in plain text',
  ),
  uploadBytes: field(
    count().default(16 * MB),
    'PRECIS_UPLOAD_BYTES',
    'largest file of an upload, in bytes',
    'office files with pictures are larger than their text',
  ),
  bodySeconds: field(
    z.coerce.number().positive().default(30),
    'PRECIS_BODY_SECONDS',
    'longest pause while a request body arrives',
    'a stalled phone recovers within it, a slow-loris client does not live on it',
  ),
  queueTokens: field(
    count().default(16_384),
    'PRECIS_QUEUE_TOKENS',
    'tokens of documents that may wait for the model',
    '32 documents of 512 tokens: some ten seconds of waiting at three documents a second',
  ),
  deadlineSeconds: field(
    z.coerce.number().positive().max(3600).default(30),
    'PRECIS_DEADLINE_SECONDS',
    'longest time a document may take, waiting included; `Prefer: wait=` asks for less',
    'a full queue drains within it',
  ),
  drainSeconds: field(
    z.coerce.number().positive().default(10),
    'PRECIS_DRAIN_SECONDS',
    'how long SIGTERM waits for requests under way',
    'below the 30 s that Kubernetes grants',
  ),
  cacheBytes: field(
    z.coerce
      .number()
      .int()
      .min(0)
      .default(32 * MB),
    'PRECIS_CACHE_BYTES',
    'size of the cache of suggestions; 0 for none',
    'some 10,000 suggestions of 3 kB',
  ),
  data: field(
    z.string().min(1).default(join(home, 'precis')),
    'PRECIS_DATA',
    'folder of keys.json and, without databaseUrl, of the feedback database',
    'the XDG data folder of the user',
  ),
  databaseUrl: field(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'a postgres:// URL is needed')
      .optional(),
    'DATABASE_URL',
    'PostgreSQL server for feedback',
    'an embedded PostgreSQL in the data folder needs no server',
    true,
  ),
  storeTexts: field(
    yes.default(false),
    'PRECIS_STORE_TEXTS',
    'keep the texts of suggestions and edits with the feedback',
    'texts of documents stay out of the database unless the operator wants them',
  ),
  retentionDays: field(
    count().default(365),
    'PRECIS_RETENTION_DAYS',
    'days that feedback is kept',
    'a year of feedback calibrates a model; older belongs to models no longer served',
  ),
  keysFile: field(
    z.string().min(1).optional(),
    'PRECIS_KEYS_FILE',
    'file of API keys, hashed',
    'keys.json in the data folder',
  ),
  insecure: field(
    yes.default(false),
    'PRECIS_INSECURE',
    'serve other machines without API keys',
    'a service that anyone may use is a decision, not an oversight',
  ),
  ratePerMinute: field(
    count().default(600),
    'PRECIS_RATE_PER_MINUTE',
    'requests a minute of a key that has no limit of its own',
    'ten a second: an editor with a hundred writers, not a crawler',
  ),
  corsOrigins: field(
    list.default([]),
    'PRECIS_CORS_ORIGINS',
    'origins of web pages that may call the service, separated by commas',
    'no other page may call it until it is named',
  ),
  trustProxy: field(
    yes.default(false),
    'PRECIS_TRUST_PROXY',
    'believe X-Forwarded-* headers',
    'without a proxy in front anyone could forge them',
  ),
});

export type Config = z.infer<typeof config>;
export type ConfigKey = keyof Config;

export const keys = Object.keys(config.shape) as ConfigKey[];

export function originOf(key: ConfigKey): Origin & { about: string } {
  const type: z.ZodType = config.shape[key];
  const origin = origins.get(type);
  if (!origin) throw new Error(`${key} has no origin`);
  return { ...origin, about: type.description ?? '' };
}

/** `queueTokens` as a flag: `--queue-tokens`. */
export const flagOf = (key: ConfigKey) =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
