import { loadBundle } from './bundle.js';
import { type Answering, bundleAnswering, WRITTEN } from './described.js';
import { isHuggingFace, readFolder } from './hugging-face/folder.js';
import type { WorkerSetup } from './messages.js';
import type { OrtOptions } from './ort.js';
import { huggingFaceEntry, workerEntry } from './place.js';

/** A model on disk, checked, and the threads that can run it. */
export interface Backend extends Answering {
  /** Absolute path of the folder. */
  path: string;
  /** Compiled entry of its worker threads, and what they are started with. */
  entry: URL;
  setup: unknown;
}

/**
 * Reads what a folder holds: a bundle of our own (`docs/bundle.md`), or a sequence-to-sequence ONNX
 * model as `@huggingface/transformers` reads it.
 *
 * @throws BundleError naming the file that is missing, damaged or of another version.
 */
export async function openBackend(folder: string, ort: OrtOptions): Promise<Backend> {
  if (isHuggingFace(folder)) {
    const found = await readFolder(folder);
    return {
      path: found.path,
      model: found.settings,
      types: WRITTEN,
      modes: { short: 0, medium: 0 },
      entry: huggingFaceEntry,
      setup: { folder: found, ort },
    };
  }
  const bundle = await loadBundle(folder);
  const setup: WorkerSetup = { bundle, ort };
  const answering = bundleAnswering(bundle.manifest, bundle.gate);
  return { path: bundle.path, ...answering, entry: workerEntry, setup };
}
