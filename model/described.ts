import type { GateWeights, Reader, Session, SuggestionLength, Tokenizer } from './core/index.js';
import type { Manifest } from './manifest.js';

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

/** What an answer depends on beside what the graphs gave. */
export interface Answering {
  model: Described;
  types: Types;
  /** Start ids of the decoder. */
  modes: Readonly<Record<SuggestionLength, number>>;
}

const BOTH = ['short', 'medium'] as const;

/** What any model that writes can answer. */
export const WRITTEN: Types = { tldr: BOTH, headline: BOTH };

/** A bundle of our own. */
export function bundleAnswering(manifest: Manifest, gate: GateWeights | undefined): Answering {
  const { short, medium } = manifest.tokens;
  return {
    model: { ...manifest, gate },
    // Sentences are chosen by their encoder states, which only our own graphs give.
    types: { ...WRITTEN, 'key-points': BOTH },
    modes: { short, medium },
  };
}

/** What reads documents with it, wherever its graphs run. */
export function bundleReader<M>(
  { tokens, limits }: Pick<Manifest, 'tokens' | 'limits'>,
  gate: GateWeights | undefined,
  session: Session<M>,
  tokenizer: Tokenizer,
): Reader<M> {
  return { session, tokenizer, special: tokens, sourceTokens: limits.sourceTokens, gate };
}
