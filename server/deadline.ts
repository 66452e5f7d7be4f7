import { setMaxListeners } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServiceError } from './errors.js';

/** A signal that fires when the client goes away before it has its answer. */
export function disconnected(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  // A request may be about many documents, each of which listens.
  setMaxListeners(0, controller.signal);
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort();
  });
  return controller.signal;
}

/** Seconds a request may take: `most`, or fewer where `Prefer: wait=…` asks for that. */
export function secondsFor(request: FastifyRequest, reply: FastifyReply, most: number): number {
  const wanted = preferredWait(request.headers.prefer);
  if (wanted === undefined) return most;
  const seconds = Math.min(wanted, most);
  reply.header('preference-applied', `wait=${seconds}`);
  return seconds;
}

/**
 * Gives `work` a signal that fires with `signal`, and with ServiceError 503 `timeout` when the time
 * is over. Runs on the monotonic clock: setting the system's clock changes nothing.
 */
export async function within<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const late = setTimeout(() => {
    const message = `There was no answer within ${seconds} s.`;
    controller.abort(new ServiceError(503, 'timeout', message, { retryAfter: 1 }));
  }, seconds * 1000);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', abort);
  }
}

/** Seconds of `Prefer: wait=…` (RFC 7240, 4.3), or undefined. */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  const value = Array.isArray(header) ? header.join(',') : header;
  const digits = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:$|[,;])/i.exec(value ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
