/** The same in a test and in its page: what a model reads, writes and shows of a document. */
import { readPlain } from '../../documents/plain.js';
import { answer } from '../../model/answering.js';
import { type Reader, sourceTokens } from '../../model/core/index.js';
import { bundleAnswering } from '../../model/described.js';
import { type Found, type Job, work } from '../../model/jobs.js';
import { languageCheck } from '../../model/language.js';
import type { Manifest } from '../../model/manifest.js';
import { checkOptions, READING } from '../../model/options.js';

export interface Golden {
  title?: string | null;
  text: string;
}

export interface Drafted {
  /** Ids that the encoder reads. */
  source: number[];
  /** Ids of the first candidate. */
  written: number[];
  /** The suggestion's text, or why there is none. */
  shown: string | null;
}

/** @param reader with the gate, over either ONNX Runtime. */
export async function drafted<M>(
  reader: Reader<M>,
  manifest: Manifest,
  { title, text }: Golden,
): Promise<Drafted> {
  const answering = bundleAnswering(manifest, reader.gate);
  const asked = checkOptions({ length: 'short', explain: true }, answering.types);
  let job: Job | undefined;
  let found: Found | undefined;
  const { suggestion, reason } = await answer(
    readPlain(text, { title: title ?? undefined }),
    asked,
    {
      answering,
      language: languageCheck(manifest.languages),
      reading: READING,
      run: async (given) => {
        job = given;
        found = await work(reader, given);
        return found;
      },
    },
  );
  if (!job || found?.kind !== 'write') throw new Error(`nothing was written: ${reason}`);
  const { tokenizer, special, sourceTokens: limit } = reader;
  return {
    source: sourceTokens(job.prose, tokenizer, special, limit).ids,
    written: found.draft.candidates[0]?.ids ?? [],
    shown: suggestion?.text ?? reason,
  };
}
