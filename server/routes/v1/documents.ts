import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { disconnected, within } from '../../deadline.js';
import { invalid } from '../../errors.js';
import { fileContent } from '../../schemas/documents.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { readUpload } from '../../upload.js';

export default (async (app, { settings, reader }) => {
  const schema = {
    summary: 'Read a file',
    description:
      'Turns a file (`multipart/form-data`, field `file`: docx, odt, pptx, pdf, html, Markdown, text or mail) into its title and blocks, for an editor to open. Nothing is kept, and the model is not asked.',
    tags: ['documents'],
    consumes: ['multipart/form-data'],
    response: { 200: fileContent, ...bodyErrors, ...modelErrors },
  };
  const config = { scope: 'suggest' } as const;
  app.post('/documents', { schema, config }, async (request, reply) => {
    if (!request.isMultipart()) throw invalid([multipartExpected]);
    const { upload } = await readUpload(request, settings.uploadBytes);
    return within(settings.deadlineSeconds, disconnected(reply), async (signal) => {
      const { title, format, truncated, blocks } = await reader.document(upload, signal);
      const plain = blocks.map(({ kind, text, level }) => ({
        kind,
        text: wellFormed(text),
        ...(level === undefined ? {} : { level }),
      }));
      return {
        title: title === undefined ? null : wellFormed(title),
        format,
        truncated,
        blocks: plain,
      };
    });
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;

const multipartExpected = {
  field: '',
  expected: 'multipart/form-data with a file',
  message: 'send the file as the field `file` of a multipart/form-data body',
};

/** Lone surrogates become U+FFFD. */
const wellFormed = (text: string) => Buffer.from(text).toString();
