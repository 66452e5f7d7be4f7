import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { modelErrors } from '../../schemas/error.js';
import { type Info, info } from '../../schemas/info.js';
import { documentFormat } from '../../schemas/summaries.js';
import { version } from '../../version.js';

export default (async (app, { settings: { bodyBytes } }) => {
  const schema = {
    summary: 'What this service and its model can do',
    tags: ['operations'],
    response: { 200: info, ...modelErrors },
  };

  app.get('/info', { schema, config: { scope: 'suggest' } }, async () => {
    const { model, types } = app.service.suggester.info();
    return {
      service: { name: 'precis', version },
      model: { ...model, languages: [...model.languages] },
      types: types as Info['types'],
      formats: documentFormat.options,
      limits: { sourceTokens: model.limits.sourceTokens, bodyBytes },
    };
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
