import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { disconnected } from '../../disconnected.js';
import { bodyErrors, modelErrors } from '../../schemas/error.js';
import { summary, summaryRequest } from '../../schemas/summaries.js';
import { summarise } from '../../summarise.js';

export default (async (app) => {
  const schema = {
    summary: 'Suggest a summary',
    description:
      'Answers 200 with a suggestion, or with `suggestion: null` and the reason: saying nothing is an answer, too.',
    tags: ['summaries'],
    body: summaryRequest,
    response: { 200: summary, ...bodyErrors, ...modelErrors },
  };

  app.post('/summaries', { schema }, async (request, reply) => {
    const { document, options } = request.body;
    const answer = await summarise(app.service.suggester, document, options, disconnected(reply));
    return answer.summary;
  });
}) satisfies FastifyPluginAsyncZod;
