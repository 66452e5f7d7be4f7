import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { disconnected, secondsFor, within } from '../../deadline.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { suggestHeaders, unchanged } from '../../schemas/headers.js';
import { summary, summaryRequest } from '../../schemas/summaries.js';
import { sourceOf } from '../../source.js';

export default (async (app, { settings, suggestions, quotas }) => {
  const schema = {
    summary: 'Suggest a summary',
    description:
      'Answers 200 with a suggestion, or with `suggestion: null` and the reason: saying nothing is an answer, too. ' +
      'The `ETag` names the answer: sent back as `If-None-Match` with the same document it gives 304 while nothing has changed.',
    tags: ['summaries'],
    headers: suggestHeaders,
    body: summaryRequest,
    response: { 200: summary, 304: unchanged, ...bodyErrors, ...modelErrors },
  };

  app.post('/summaries', { schema, config: { scope: 'suggest' } }, async (request, reply) => {
    const { document, options } = request.body;
    const source = sourceOf(document);
    const tag = suggestions.tag(source, options);
    reply.header('etag', tag);
    if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
    quotas.take(request.apiKey);
    const key = request.apiKey?.id ?? null;
    const seconds = secondsFor(request, reply, settings.deadlineSeconds);
    return within(seconds, disconnected(reply), (signal) =>
      suggestions.suggest(source, options, { signal, key }),
    );
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;

/** Weak comparison of RFC 9110, 13.1.2. */
function matches(header: string | undefined, tag: string): boolean {
  const opaque = tag.replace(/^W\//, '');
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === opaque);
}
