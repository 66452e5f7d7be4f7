import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PluginOptions } from '../../app.js';
import { ServiceError } from '../../errors.js';
import { Overview } from '../../overview/overview.js';
import { adminOverview, overviewQuery } from '../../schemas/admin.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { modelName } from '../../schemas/suggestion.js';

export default (async (app, { service, metrics, admission, feedback }) => {
  const schema = {
    summary: 'Load the bundle again',
    description:
      'Requests go on: the old model answers until the new one can, and finishes what it has. When loading fails the old one stays, and the log says why.',
    tags: ['operations'],
    response: { 200: z.object({ model: modelName }), ...modelErrors },
  };
  app.post('/admin/reload', { schema, config: { scope: 'admin' } }, async (request) => {
    try {
      await service.reload();
    } catch (error) {
      request.log.error({ err: error, reason: (error as Error).message }, 'reload failed');
      const message = 'The bundle could not be loaded; the model before it goes on.';
      throw new ServiceError(500, 'reload_failed', message, { cause: error });
    }
    const { name, version } = service.suggester.info().model;
    return { model: { name, version } };
  });

  const overview = new Overview({ service, metrics, admission, feedback });
  app.addHook('onClose', async () => overview.close());
  const shown = {
    summary: "What the operator's page shows",
    description:
      'Counters and latencies of this instance since its start, its last three hours by the minute, and the feedback report of so many days.',
    tags: ['operations'],
    querystring: overviewQuery,
    response: { 200: adminOverview, 422: bodyErrors[422], ...modelErrors },
  };
  app.get('/admin/overview', { schema: shown, config: { scope: 'admin' } }, async (request) =>
    overview.read(request.query.days),
  );
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
