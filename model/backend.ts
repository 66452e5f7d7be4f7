import { loadBundle } from './bundle.js';
import type { GateWeights, SuggestionLength } from './core/index.js';
import { isHuggingFace, readFolder } from './hugging-face/folder.js';
import type { Manifest } from './manifest.js';
import type { WorkerSetup } from './messages.js';
import type { OrtOptions } from './ort.js';
import { huggingFaceEntry, workerEntry } from './place.js';

/** What is known about a model, whatever kind it is. */
export type Described = Pick<
  Manifest,
  'name' | 'version' | 'created' | 'licence' | 'languages' | 'limits' | 'calibration'
> & {
  architecture: Readonly<Record<string, string | number>>;
  gate?: GateWeights | undefined;
  decoding: Pick<Manifest['decoding'], 'noRepeatNgram' | 'minTokens'> &
    Partial<Manifest['decoding']>;
};

/** The types a model can answer, each with its lengths. */
export type Types = Readonly<Record<string, readonly SuggestionLength[]>>;

/** A model on disk, checked, and the threads that can run it. */
export interface Backend {
  /** Absolute path of the folder. */
  path: string;
  model: Described;
  types: Types;
  /** Start ids of the decoder. */
  modes: Readonly<Record<SuggestionLength, number>>;
  /** Compiled entry of its worker threads, and what they are started with. */
  entry: URL;
  setup: unknown;
}

const BOTH = ['short', 'medium'] as const;
const WRITTEN: Types = { tldr: BOTH, headline: BOTH };

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
  const { tokens } = bundle.manifest;
  const setup: WorkerSetup = { bundle, ort };
  return {
    path: bundle.path,
    model: { ...bundle.manifest, gate: bundle.gate },
    // Sentences are chosen by their encoder states, which only our own graphs give.
    types: { ...WRITTEN, 'key-points': BOTH },
    modes: { short: tokens.short, medium: tokens.medium },
    entry: workerEntry,
    setup,
  };
}
