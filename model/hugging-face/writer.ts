import {
  AutoModelForSeq2SeqLM,
  AutoTokenizer,
  env,
  InterruptableStoppingCriteria,
  LogitsProcessorList,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Tensor,
} from '@huggingface/transformers';
import { type Draft, type DraftJob, overlap } from '../core/index.js';
import type { Latch } from '../latch.js';
import type { OrtOptions } from '../ort.js';
import type { HuggingFaceFolder } from './folder.js';
import { Recorder } from './recorder.js';

/** Writes drafts with a sequence-to-sequence model through `@huggingface/transformers`, greedily. */
export class HuggingFaceWriter {
  private constructor(
    private readonly folder: HuggingFaceFolder,
    private readonly tokenizer: PreTrainedTokenizer,
    private readonly model: PreTrainedModel,
  ) {}

  static async load(folder: HuggingFaceFolder, ort: OrtOptions, latch: Latch) {
    env.allowRemoteModels = false;
    env.localModelPath = '';
    const local = { local_files_only: true };
    const tokenizer = await AutoTokenizer.from_pretrained(folder.path, local);
    const model = await latch.through(() =>
      AutoModelForSeq2SeqLM.from_pretrained(folder.path, {
        ...local,
        dtype: folder.settings.dtype,
        session_options: {
          executionProviders: [...ort.providers],
          intraOpNumThreads: ort.threads,
          interOpNumThreads: 1,
          logSeverityLevel: 3,
        },
      }),
    );
    const sessions = model.sessions as Record<
      string,
      { run(...args: unknown[]): Promise<unknown> }
    >;
    for (const session of Object.values(sessions)) {
      const run = session.run.bind(session);
      session.run = (...args) => latch.through(() => run(...args));
    }
    return new HuggingFaceWriter(folder, tokenizer, model);
  }

  /** @throws the signal's reason when it is aborted between two steps. */
  async write({ prose, decoding }: DraftJob, signal?: AbortSignal): Promise<Draft> {
    const { prefix, limits } = this.folder.settings;
    const text = prefix + [prose.title ?? '', ...prose.lines].filter(Boolean).join('\n');
    const whole = this.tokenizer(text) as { input_ids: Tensor };
    const source = this.tokenizer(text, { truncation: true, max_length: limits.sourceTokens });
    const recorder = new Recorder();
    const processors = new LogitsProcessorList();
    processors.push(recorder);
    const stop = new InterruptableStoppingCriteria();
    const interrupt = () => stop.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    const output = (await this.model.generate({
      ...source,
      max_new_tokens: decoding.maxTokens,
      min_new_tokens: decoding.minTokens,
      no_repeat_ngram_size: decoding.noRepeatNgram,
      do_sample: false,
      logits_processor: processors,
      stopping_criteria: stop,
      // biome-ignore lint/suspicious/noExplicitAny: the library types every setting as required.
    } as any)) as Tensor;
    signal?.removeEventListener('abort', interrupt);
    signal?.throwIfAborted();
    return {
      tokens: source.input_ids.dims[1] as number,
      truncated: (whole.input_ids.dims[1] as number) > limits.sourceTokens,
      ...this.candidate(output, recorder, prose.lines),
    };
  }

  async release(): Promise<void> {
    await this.model.dispose();
  }

  private candidate(output: Tensor, { logProbs, entropy }: Recorder, lines: readonly string[]) {
    const written = [...(output.data as BigInt64Array)].map(Number).slice(-logProbs.length);
    const ended = this.ends().includes(written.at(-1) as number);
    const ids = ended ? written.slice(0, -1) : written;
    // Pegasus writes its line breaks so.
    const text = this.tokenizer.decode(ids, { skip_special_tokens: true }).replaceAll('<n>', ' ');
    const { positions, mass } = overlap(text, lines);
    const score = logProbs.reduce((sum, value) => sum + value, 0) / Math.max(1, logProbs.length);
    const gate = logProbs.map(() => 0);
    const candidate = { ids, logProbs, entropy, gate, seams: 0, score, ended, text, mass };
    return { positions, candidates: logProbs.length > 0 ? [candidate] : [] };
  }

  private ends(): number[] {
    const { eos_token_id } = this.model.generation_config ?? {};
    return [eos_token_id ?? []].flat();
  }
}
