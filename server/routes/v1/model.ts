import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { manifestSchema } from '../../../model/manifest.js';
import type { PluginOptions } from '../../app.js';
import { fileHash, ModelFiles } from '../../model-files.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';

const FOREVER = 'max-age=31536000, immutable';

/** The model's files, for browsers that read documents themselves. */
export default (async (app, { service, keys }) => {
  const config = { scope: 'suggest' } as const;
  const missing = modelErrors[403].describe('No such file, or no model that a browser can run.');
  const manifest = {
    summary: "The model's manifest",
    description:
      'What the model is and which files it has, each with its size and SHA-256 (docs/bundle.md): for a page that runs the model in the browser, so that documents stay there.',
    tags: ['operations'],
    response: { 200: manifestSchema.meta({ id: 'Manifest' }), 404: missing, ...modelErrors },
  };
  app.get('/model', { schema: manifest, config }, async (_, reply) => {
    reply.header('cache-control', 'no-cache');
    return new ModelFiles(service.suggester).manifest();
  });

  const file = {
    summary: "A file of the model's",
    description: 'By its SHA-256 in the manifest; an address whose content never changes.',
    tags: ['operations'],
    params: fileHash,
    response: {
      200: z.any().describe('The bytes of the file (application/octet-stream).'),
      404: missing,
      422: bodyErrors[422],
      ...modelErrors,
    },
  };
  app.get('/model/files/:sha256', { schema: file, config }, async (request, reply) => {
    const { stream, bytes } = await new ModelFiles(service.suggester).file(request.params.sha256);
    // Where keys are asked for, no cache between may give the file to others.
    const whose = keys.required ? 'private' : 'public';
    return reply
      .header('cache-control', `${whose}, ${FOREVER}`)
      .header('content-length', bytes)
      .type('application/octet-stream')
      .send(stream);
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
