import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { modelErrors } from '../schemas/error.js';
import { live, ready } from '../schemas/health.js';

export default (async (app) => {
  const tags = ['operations'];

  const alive = { summary: 'The process runs', tags, response: { 200: live } };
  app.get('/health/live', { schema: alive }, async () => ({ status: 'ok' }) as const);

  const usable = {
    summary: 'The model is loaded',
    tags,
    response: { 200: ready, 500: modelErrors[500], 503: modelErrors[503] },
  };
  app.get('/health/ready', { schema: usable }, async () => {
    void app.service.suggester;
    return { status: 'ready' } as const;
  });
}) satisfies FastifyPluginAsyncZod;
