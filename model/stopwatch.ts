import type { Reader, Session, Timings, Tokenizer } from './core/index.js';

/** Measures the stages of one document by standing between the core and what it calls. */
export class Stopwatch<M> {
  readonly reader: Reader<M>;
  private readonly began = performance.now();
  private readonly spent = { tokenise: 0, encode: 0, decode: 0 };

  constructor(reader: Reader<M>) {
    const { session, tokenizer } = reader;
    const text = this.tokenizing(tokenizer);
    this.reader = { ...reader, session: this.computing(session), tokenizer: text };
  }

  /** Up to now. What lies between the calls is the search where there was one, else the gate. */
  get timings(): Timings {
    const { tokenise, encode, decode } = this.spent;
    const all = (performance.now() - this.began) / 1000;
    const between = Math.max(0, all - tokenise - encode - decode);
    return decode > 0
      ? { tokenise, encode, decode: decode + between, gate: 0 }
      : { tokenise, encode, decode, gate: between };
  }

  private tokenizing(tokenizer: Tokenizer): Tokenizer {
    const timed = <A, R>(call: (given: A) => R) => {
      return (given: A): R => {
        const began = performance.now();
        try {
          return call(given);
        } finally {
          this.spent.tokenise += (performance.now() - began) / 1000;
        }
      };
    };
    return {
      encode: timed((text: string) => tokenizer.encode(text)),
      pieces: timed((text: string) => tokenizer.pieces(text)),
      decode: timed((ids: readonly number[]) => tokenizer.decode(ids)),
    };
  }

  private computing(session: Session<M>): Session<M> {
    const timed = async <R>(stage: 'encode' | 'decode', call: () => Promise<R>): Promise<R> => {
      const began = performance.now();
      try {
        return await call();
      } finally {
        this.spent[stage] += (performance.now() - began) / 1000;
      }
    };
    return {
      stateSize: session.stateSize,
      topK: session.topK,
      encode: (ids) => timed('encode', () => session.encode(ids)),
      pool: (texts) => timed('encode', () => session.pool(texts)),
      step: (memory, input) => timed('decode', () => session.step(memory, input)),
      state: (memory) => session.state(memory),
      join: (memories) => session.join(memories),
    };
  }
}
