import { createReadStream, type ReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Manifest, manifestSchema } from '../model/manifest.js';
import { ServiceError } from './errors.js';
import type { Suggester } from './suggester.js';

/** The files of the model that is loaded, for browsers that run it themselves. */
export class ModelFiles {
  constructor(private readonly model: Suggester) {}

  /** @throws ServiceError 404 when the model is none that a browser can run. */
  async manifest(): Promise<Manifest> {
    const folder = this.model.info().bundle;
    const text = folder && (await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => ''));
    const parsed = manifestSchema.safeParse(text ? JSON.parse(text) : undefined);
    if (!folder || !parsed.success) {
      throw new ServiceError(404, 'not_found', 'The model is none that a browser can run.');
    }
    return parsed.data;
  }

  /**
   * A file by its hash. They were verified when the model was loaded; who takes them verifies again.
   *
   * @throws ServiceError 404 when the manifest lists no such file.
   */
  async file(sha256: string): Promise<{ stream: ReadStream; bytes: number }> {
    const { files } = await this.manifest();
    const [name, file] = Object.entries(files).find(([, each]) => each.sha256 === sha256) ?? [];
    if (!name || !file) {
      throw new ServiceError(404, 'not_found', 'The model has no file with this hash.');
    }
    const stream = createReadStream(join(this.model.info().bundle as string, name));
    return { stream, bytes: file.bytes };
  }
}

export const fileHash = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal'),
});
