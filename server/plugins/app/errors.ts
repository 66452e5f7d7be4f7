import type { FastifyError, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { PluginOptions } from '../../app.js';
import { ServiceError } from '../../errors.js';

/** Every error leaves in one shape: `{error: {code, message, details?}, requestId}`. */
export default fp<PluginOptions>(async (app, { bodyBytes }) => {
  app.setErrorHandler<FastifyError | ServiceError>((error, request, reply) => {
    const known = translate(error, request, bodyBytes);
    if (known.statusCode >= 500 && known.code === 'internal')
      request.log.error({ err: error }, 'fault');
    if (known.statusCode === 503 || known.statusCode === 429) reply.header('retry-after', '1');
    return reply.code(known.statusCode).send(shape(known, request));
  });

  app.setNotFoundHandler((request, reply) => {
    const error = new ServiceError(404, 'not_found', `There is no ${request.method} route here.`);
    return reply.code(404).send(shape(error, request));
  });
});

function shape({ code, message, details }: ServiceError, request: FastifyRequest) {
  return { error: { code, message, ...(details ? { details } : {}) }, requestId: request.id };
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
    return new ServiceError(429, 'busy', 'Too many documents are waiting; try again later.');
  }
  switch (error.statusCode) {
    case 413: {
      const length = Number(request.headers['content-length']);
      const requested = Number.isSafeInteger(length) ? length : null;
      const message = `The body is larger than ${quota} bytes.`;
      return new ServiceError(413, 'too_large', message, { requested, quota });
    }
    case 415: {
      const message = 'Send the body as content-type: application/json.';
      return new ServiceError(415, 'unsupported_media_type', message);
    }
    default:
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return new ServiceError(error.statusCode, 'malformed', error.message);
      }
      return new ServiceError(
        500,
        'internal',
        'The service failed; requestId finds it in the log.',
      );
  }
}
