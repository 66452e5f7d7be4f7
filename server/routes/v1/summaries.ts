import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { disconnected, secondsFor, within } from '../../deadline.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { suggestHeaders, unchanged } from '../../schemas/headers.js';
import { summary, summaryRequest } from '../../schemas/summaries.js';
import type { Upload } from '../../source.js';
import { readUpload } from '../../upload.js';

export default (async (app, { settings, suggestions, quotas, reader }) => {
  const schema = {
    summary: 'Suggest a summary',
    description:
      'Answers 200 with a suggestion, or with `suggestion: null` and the reason: saying nothing is an answer, too. ' +
      'The `ETag` names the answer: sent back as `If-None-Match` with the same document it gives 304 while nothing has changed. ' +
      'A file may be sent as `multipart/form-data` instead: sources are offsets in its extracted text then.',
    tags: ['summaries'],
    headers: suggestHeaders,
    body: summaryRequest,
    response: { 200: summary, 304: unchanged, ...bodyErrors, ...modelErrors },
  };

  app.decorateRequest('upload', null);
  const preValidation = async (request: FastifyRequest) => {
    if (!request.isMultipart()) return;
    suggestions.refuseWhenFull();
    const { upload, options } = await readUpload(request, settings.uploadBytes);
    request.upload = upload;
    // For the validation of the options; the document is in the file.
    request.body = { document: { text: '' }, options };
  };
  const config = { scope: 'suggest' } as const;
  app.post('/summaries', { schema, config, preValidation }, async (request, reply) => {
    const { document, options } = request.body;
    const seconds = secondsFor(request, reply, settings.deadlineSeconds);
    return within(seconds, disconnected(reply), async (signal) => {
      const source = request.upload
        ? await reader.file(request.upload, signal)
        : reader.text(document);
      const tag = suggestions.tag(source, options);
      reply.header('etag', tag);
      if (matches(request.headers['if-none-match'], tag)) {
        reply.code(304);
        return undefined;
      }
      quotas.take(request.apiKey);
      const key = request.apiKey?.id ?? null;
      return suggestions.suggest(source, options, { signal, key });
    });
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;

declare module 'fastify' {
  interface FastifyRequest {
    upload: Upload | null;
  }
}

/** Weak comparison of RFC 9110, 13.1.2. */
function matches(header: string | undefined, tag: string): boolean {
  const opaque = tag.replace(/^W\//, '');
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === opaque);
}
