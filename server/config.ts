import { z } from 'zod';

export const config = z.object({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  bundle: z.string().min(1).optional(),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  bodyBytes: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * 1024 * 1024),
  drainSeconds: z.coerce.number().positive().default(10),
});

export type Config = z.infer<typeof config>;

const variables: Record<keyof Config, string> = {
  host: 'HOST',
  port: 'PORT',
  bundle: 'PRECIS_BUNDLE',
  logLevel: 'LOG_LEVEL',
  bodyBytes: 'PRECIS_BODY_BYTES',
  drainSeconds: 'PRECIS_DRAIN_SECONDS',
};

/** Flags win over environment variables, which win over the defaults. */
export function readConfig(
  flags: Partial<Record<keyof Config, unknown>>,
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const given = Object.fromEntries(
    Object.entries(variables).map(([key, variable]) => {
      const value = flags[key as keyof Config] ?? environment[variable];
      return [key, value === '' ? undefined : value];
    }),
  );
  const result = config.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const key = issue.path[0] as keyof Config;
    return `${key} (${variables[key]}): ${issue.message}`;
  });
  throw new Error(`Invalid configuration: ${lines.join('; ')}`);
}
