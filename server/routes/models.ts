import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PluginOptions } from '../app.js';
import { disconnected, within } from '../deadline.js';
import { ServiceError } from '../errors.js';
import { bodyErrors, modelErrors } from '../schemas/error.js';
import { hubRequest, hubResponse } from '../schemas/hub.js';
import { summaryOptions } from '../schemas/summaries.js';

/** The summarization task of Hugging Face's inference API, for clients that already speak it. */
export default (async (app, { settings, service, suggestions, quotas, reader }) => {
  const schema = {
    summary: "Summarise as Hugging Face's inference API does",
    description:
      'For clients of that API: give `http://HOST/models/precis` as their endpoint. `{name}` is `precis` or the name of the model. A withheld suggestion is an empty `summary_text`; parameters of generation are accepted and have no effect.',
    tags: ['summaries'],
    params: z.object({ name: z.string() }),
    body: hubRequest,
    response: {
      200: hubResponse,
      404: modelErrors[403].describe('No such model.'),
      ...bodyErrors,
      ...modelErrors,
    },
  };

  app.post('/models/:name', { schema, config: { scope: 'suggest' } }, async (request, reply) => {
    const { name } = service.model.info().model;
    if (request.params.name !== name && request.params.name !== 'precis') {
      throw new ServiceError(404, 'not_found', `There is no such model here, only ${name}.`);
    }
    const { inputs } = request.body;
    const texts = typeof inputs === 'string' ? [inputs] : inputs;
    const options = summaryOptions.parse({});
    const key = request.apiKey?.id ?? null;
    const gone = disconnected(reply);
    const answers = texts.map((text) => {
      quotas.take(request.apiKey);
      const source = reader.text({ text, format: 'markdown' });
      return within(settings.deadlineSeconds, gone, (signal) =>
        suggestions.suggest(source, options, { signal, key }),
      );
    });
    const summaries = await Promise.all(answers);
    return summaries.map(({ suggestion }) => ({ summary_text: suggestion?.text ?? '' }));
  });
}) satisfies FastifyPluginAsyncZod<PluginOptions>;
