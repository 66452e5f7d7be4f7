import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { invalid } from './errors.js';
import { problemsOf } from './problems.js';

/** Validates with zod; what does not fit answers 422. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const result = schema.safeParse(data);
    return result.success
      ? { value: result.data }
      : { error: invalid(problemsOf(result.error.issues)) };
  };
