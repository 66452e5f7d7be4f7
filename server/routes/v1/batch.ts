import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ordered } from '../../../model/ordered.js';
import type { PluginOptions } from '../../app.js';
import { type Line, lines } from '../../batch/lines.js';
import { type BatchRow, batchRow, parseLine, rowOf } from '../../batch/row.js';
import { disconnected, within } from '../../deadline.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { summaryQuery } from '../../schemas/summaries.js';
import { checkAvailable } from '../../summarise.js';

const types = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/** Many documents in one request: a line in, a line out, each admitted or refused by itself. */
export default (async (app, { settings, service, suggestions, quotas, reader }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(types, (_, payload, done) => done(null, payload));

  const schema = {
    summary: 'Suggest summaries for many documents',
    description:
      'NDJSON in, NDJSON out, in order: a line `{"id", "text", "title"?, "format"?}` gives the answer of `/v1/summaries` and the `id`, or `{"id", "error": {"code", "message", "retryAfter"?}}`. Lines are read as answers are written; a line that finds the queue full gets the error `busy`.',
    tags: ['summaries'],
    consumes: ['application/x-ndjson'],
    querystring: summaryQuery,
    body: z.unknown().describe('A `BatchItem` a line.'),
    response: {
      200: { content: { 'application/x-ndjson': { schema: batchRow } } },
      415: bodyErrors[415],
      422: bodyErrors[422],
      ...modelErrors,
    },
  };

  const config = { scope: 'suggest', streams: true } as const;
  app.post('/summaries/batch', { schema, config }, async (request, reply) => {
    const options = request.query;
    checkAvailable(service.model, options);
    const gone = disconnected(reply);
    const key = request.apiKey;

    const answer = async (line: Line): Promise<BatchRow> => {
      const parsed = parseLine(line, settings.bodyBytes);
      if ('row' in parsed) return parsed.row;
      const { id, ...input } = parsed.item;
      try {
        // What was not begun is left to another instance.
        service.refuseWhenDraining();
        quotas.take(key);
        const source = reader.text(input);
        const summary = await within(settings.deadlineSeconds, gone, (signal) =>
          suggestions.suggest(source, options, { signal, key: key?.id ?? null }),
        );
        return { id, ...summary };
      } catch (error) {
        if ((error as Error).name !== 'ServiceError' && !gone.aborted) {
          request.log.error({ err: error }, 'fault');
        }
        return rowOf(parsed.item, error);
      }
    };

    // As many at once as the model takes: a batch alone never finds the queue full by itself.
    const ahead = service.model.info().runtime.workers + 1;
    const body = (request.body ?? Readable.from([])) as Readable;
    const rows = ordered(lines(body, settings.bodyBytes), ahead, answer);
    reply.type('application/x-ndjson');
    return reply.send(Readable.from(printed(rows)) as unknown as BatchRow);
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;

async function* printed(rows: AsyncIterable<BatchRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
