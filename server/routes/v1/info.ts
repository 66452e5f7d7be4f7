import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { PluginOptions } from '../../app.js';
import { modelErrors } from '../../schemas/error.js';
import { info } from '../../schemas/info.js';
import { formats } from '../../summarise.js';
import { version } from '../../version.js';

export default (async (app, { bodyBytes }) => {
  const schema = {
    summary: 'What this service and its model can do',
    tags: ['operations'],
    response: { 200: info, ...modelErrors },
  };

  app.get('/info', { schema }, async () => {
    const { name, version: modelVersion, created, licence, ...can } = app.service.suggester.info();
    return {
      service: { name: 'precis', version },
      model: { name, version: modelVersion, created, licence },
      types: [...can.types],
      lengths: [...can.lengths],
      formats: [...formats],
      limits: { sourceTokens: can.limits.sourceTokens, bodyBytes },
    };
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
