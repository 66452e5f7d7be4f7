/**
 * The two graphs of a bundle as the core needs them: a document is encoded once, the decoder steps
 * as often as it likes over that memory. `model/ort.ts` implements it over ONNX Runtime; a test may
 * implement it with tables.
 */
export interface Session<M = unknown> {
  /** Numbers of recurrent state a hypothesis: decoder layers x state width. */
  readonly stateSize: number;
  /** Next ids the decoder offers a hypothesis. */
  readonly topK: number;
  /** Encodes one document of S ids. */
  encode(ids: readonly number[]): Promise<M>;
  /** Mean of the last encoder states of a memory that `encode` gave: one number a dimension of the model. */
  state(memory: M): Float32Array;
  /** Mean of the last encoder states of each of R texts of ids: R vectors of the model's width. */
  pool(texts: readonly (readonly number[])[]): Promise<Float32Array[]>;
  /** One memory over the source positions of several, in their order. */
  join(memories: readonly M[]): M;
  /** One decoder step for N hypotheses, all over the same document. */
  step(memory: M, input: StepInput): Promise<StepOutput>;
}

/** N hypotheses about to write their next id. */
export interface StepInput {
  hypotheses: number;
  /** N x 3, the last three ids written, newest first; -1 where there is none. */
  recent: BigInt64Array;
  /** N x stateSize. */
  state: Float32Array;
}

export interface StepOutput {
  /** N x topK, natural log-probabilities, descending. */
  logProbs: Float32Array;
  /** N x topK, ids of `logProbs`. */
  tokens: BigInt64Array;
  /** N x S, copy attention over the source positions, each row sums to 1. */
  copy: Float32Array;
  /** N, weight of the copy distribution in the mixture, 0..1. */
  gate: Float32Array;
  /** N, entropy of the mixture, nats. */
  entropy: Float32Array;
  /** N x stateSize. */
  nextState: Float32Array;
}
