import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { bodyErrors, databaseErrors } from '../../schemas/error.js';
import * as schemas from '../../schemas/feedback.js';

const tags = ['feedback'];

export default (async (app, { feedback, suggestions }) => {
  const give = {
    summary: 'Say what became of a suggestion',
    description:
      'A suggestion may get feedback more than once; the latest counts. Answers 201 when it is on disk, 200 when the same was stored before under the same `Idempotency-Key`.',
    tags,
    headers: schemas.feedbackHeaders,
    body: schemas.feedbackRequest,
    response: {
      200: schemas.feedbackReceipt,
      201: schemas.feedbackReceipt,
      ...bodyErrors,
      ...databaseErrors,
    },
  };
  app.post('/feedback', { schema: give, config: { scope: 'feedback' } }, async (request, reply) => {
    const { suggestionId, action, text } = request.body;
    const added = await feedback.add({
      suggestionId,
      action,
      text,
      owner: request.apiKey?.id ?? '',
      idempotencyKey: request.headers['idempotency-key'] ?? null,
    });
    return reply.code(added ? 201 : 200).send({ suggestionId, action });
  });

  const report = {
    summary: 'Acceptance by confidence, kind, model and day',
    tags,
    querystring: schemas.reportQuery,
    response: { 200: schemas.feedbackReport, 422: bodyErrors[422], ...databaseErrors },
  };
  app.get('/feedback/report', { schema: report, config: { scope: 'admin' } }, (request) =>
    feedback.report(request.query.days),
  );

  const all = {
    summary: 'All feedback as NDJSON, for calibration',
    tags,
    querystring: schemas.exportQuery,
    response: {
      200: { content: { 'application/x-ndjson': { schema: schemas.feedbackLine } } },
      422: bodyErrors[422],
      ...databaseErrors,
    },
  };
  app.get(
    '/feedback/export',
    { schema: all, config: { scope: 'admin' } },
    async (request, reply) => {
      const lines = feedback.export(request.query.days);
      // The first line is fetched before the status is sent: without a database it is 503.
      const first = await lines.next();
      const body = Readable.from(
        (async function* () {
          if (!first.done) yield first.value;
          yield* lines;
        })(),
      );
      reply.type('application/x-ndjson');
      return reply.send(body as never);
    },
  );

  const erase = {
    summary: 'Delete everything about a document',
    description: 'Deletes the records of its suggestions, their feedback and cached answers.',
    tags,
    querystring: schemas.eraseQuery,
    response: { 200: schemas.erased, 422: bodyErrors[422], ...databaseErrors },
  };
  app.delete('/feedback', { schema: erase, config: { scope: 'admin' } }, (request) => {
    const { documentHash } = request.query;
    suggestions.cache.delete(documentHash);
    return feedback.erase(documentHash);
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
