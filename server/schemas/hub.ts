import { z } from 'zod';

/** As Hugging Face's clients send it; they add fields, so that unknown ones are let through. */
export const hubRequest = z
  .looseObject({
    inputs: z.union([z.string(), z.array(z.string()).min(1).max(32)]),
    parameters: z.looseObject({}).optional(),
    options: z.looseObject({}).optional(),
  })
  .meta({ id: 'HubRequest' });

export const hubResponse = z
  .array(z.object({ summary_text: z.string() }))
  .meta({ id: 'HubResponse' });
