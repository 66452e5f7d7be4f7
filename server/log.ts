import type { FastifyBaseLogger, FastifyRequest } from 'fastify';

export interface LogDestination {
  write(line: string): void;
}

/** Logger options under which no text of a document can reach the log. */
export function logger(level: string, destination?: LogDestination) {
  return {
    level,
    ...(destination ? { stream: destination } : {}),
    serializers: {
      req: ({ method, url }: FastifyRequest) => ({ method, path: url.split('?')[0] ?? '' }),
      err: fault,
    },
  };
}

/** An error without its message, which may quote what it could not handle. */
export function fault(error: Error & { code?: unknown }) {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: String(error.code ?? ''),
    message: '',
    stack: frames.join('\n'),
  };
}

export type Log = FastifyBaseLogger;
