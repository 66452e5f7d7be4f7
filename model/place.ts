import { fileURLToPath } from 'node:url';

/** Whether this runs as TypeScript (vitest) instead of from `dist/`. */
const isSource = import.meta.url.endsWith('.ts');
const root = new URL(isSource ? '../' : '../../', import.meta.url);

/** The bundle that ships with the package. */
export const defaultBundle = fileURLToPath(new URL('model/bundle', root));

/** A worker thread of Node 20 cannot load TypeScript, so the entry is always the compiled one. */
export const workerEntry = new URL('dist/model/worker.js', root);

/** The same for a Hugging Face model. */
export const huggingFaceEntry = new URL('dist/model/hugging-face/worker.js', root);
