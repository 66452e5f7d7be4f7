import type { FastifyError, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';
import { ServiceError } from '../../errors.js';

/** Every error leaves in one shape: `{error: {code, message, details?}, requestId}`. */
export default fp<PluginOptions>(async (app, { settings }) => {
  app.setErrorHandler<FastifyError | ServiceError>((error, request, reply) => {
    const known = translate(error, request, settings.bodyBytes);
    if (known.code === 'internal') request.log.error({ err: error }, 'fault');
    if (known.retryAfter !== undefined) reply.header('retry-after', String(known.retryAfter));
    if (known.statusCode === 401) reply.header('www-authenticate', 'Bearer');
    return reply.code(known.statusCode).send(shape(known, request));
  });

  app.setNotFoundHandler((request, reply) => {
    const error = new ServiceError(404, 'not_found', `There is no ${request.method} route here.`);
    return reply.code(404).send(shape(error, request));
  });
});

export function shape(
  { code, message, details }: Pick<ServiceError, 'code' | 'message' | 'details'>,
  { id }: Pick<FastifyRequest, 'id'>,
) {
  return { error: { code, message, ...(details ? { details } : {}) }, requestId: id };
}

function translate(
  error: FastifyError | ServiceError,
  request: FastifyRequest,
  quota: number,
): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error.name === 'AbortError') {
    return new ServiceError(503, 'cancelled', 'The request was cancelled.');
  }
  if (error.code === 'queue_full') {
    const message = 'Too many documents are waiting; try again later.';
    return new ServiceError(429, 'busy', message, { retryAfter: 1 });
  }
  switch (error.statusCode) {
    case 413: {
      const length = Number(request.headers['content-length']);
      const requested = Number.isSafeInteger(length) ? length : null;
      const message = `The body is larger than ${quota} bytes.`;
      return new ServiceError(413, 'too_large', message, { details: { requested, quota } });
    }
    case 415: {
      const message = 'The content-type of the body is not one that this route reads.';
      return new ServiceError(415, 'unsupported_media_type', message);
    }
    default:
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return new ServiceError(400, 'malformed', error.message);
      }
      return new ServiceError(
        500,
        'internal',
        'The service failed; requestId finds it in the log.',
      );
  }
}
