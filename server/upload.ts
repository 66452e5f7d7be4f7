import type { FastifyRequest } from 'fastify';
import { invalid, invalidField, ServiceError } from './errors.js';
import { problemsOf } from './problems.js';
import { uploadForm } from './schemas/upload.js';
import type { Upload } from './source.js';

/** Boundaries and the few fields around the file. */
const AROUND = 64 * 1024;

/**
 * The file and the fields of a `multipart/form-data` body.
 *
 * @throws ServiceError 413 before the body is read where its length is told, 422 for what is missing.
 */
export async function readUpload(request: FastifyRequest, quota: number) {
  const requested = Number(request.headers['content-length'] ?? Number.NaN);
  if (requested > quota + AROUND) throw tooLarge(quota, requested);
  const fields: Record<string, unknown> = {};
  let file: Omit<Upload, 'title' | 'format'> | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: quota } })) {
      if (part.type === 'field') fields[part.fieldname] = part.value;
      else if (part.fieldname !== 'file') {
        throw invalidField(part.fieldname, 'no such field', 'send the file as the field `file`');
      } else {
        const bytes = await part.toBuffer();
        file = { bytes, name: part.filename, mediaType: part.mimetype };
      }
    }
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 413) throw tooLarge(quota, Number.isNaN(requested) ? null : requested);
    if (error instanceof ServiceError) throw error;
    // The parser's errors are plain ones, whatever the client did.
    const cause = { cause: error };
    throw new ServiceError(400, 'malformed', 'The multipart body is broken or cut short.', cause);
  }
  const form = uploadForm.safeParse(fields);
  if (!form.success) throw invalid(problemsOf(form.error.issues));
  if (!file) throw invalidField('file', 'a file', 'expected a file, but it is missing');
  const { title, format, ...options } = form.data;
  return { upload: { ...file, title, format }, options };
}

function tooLarge(quota: number, requested: number | null): ServiceError {
  const message = `The file is larger than ${quota} bytes, or comes with others.`;
  return new ServiceError(413, 'too_large', message, { details: { requested, quota } });
}
