import { LogitsProcessor, type Tensor } from '@huggingface/transformers';

/** What greedy search knew about each id it wrote. */
export class Recorder extends LogitsProcessor {
  readonly logProbs: number[] = [];
  readonly entropy: number[] = [];

  /** Sees the scores of one step after all other processors; greedy search takes the highest. */
  override _call(_ids: bigint[][], logits: Tensor): Tensor {
    const scores = logits.data as Float32Array;
    let highest = Number.NEGATIVE_INFINITY;
    for (const score of scores) if (score > highest) highest = score;
    let sum = 0;
    let weighted = 0;
    for (const score of scores) {
      const above = score - highest;
      const p = Math.exp(above);
      sum += p;
      if (p > 0) weighted += p * above;
    }
    // log p of the highest is -log sum; entropy is log sum - sum p (score - highest) / sum.
    this.logProbs.push(-Math.log(sum));
    this.entropy.push(Math.log(sum) - weighted / sum);
    return logits;
  }
}
