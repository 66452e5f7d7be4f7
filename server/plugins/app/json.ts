import fp from 'fastify-plugin';
import { ServiceError } from '../../errors.js';

/** JSON must be UTF-8, and `__proto__` in it is an error. */
export default fp(async (app) => {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      return done(new ServiceError(400, 'malformed', 'The body is not valid UTF-8.'));
    }
    return parse(request, text, done);
  });
});
