export interface Distribution {
  count: number;
  mean: number;
  /** The value a quarter, half and three quarters of all lie at or below. */
  quartiles: [number, number, number];
  /** Share of all in each bin of `Axis`; the last one has no upper end. */
  bins: number[];
}

export interface Axis {
  label: string;
  description: string;
  /** Width of a bin, and where the last one begins. */
  step: number;
  last: number;
}

/** What is plotted of summaries, before and after. */
export const AXES = {
  words: { label: 'Length', description: 'words of the summary', step: 2, last: 80 },
  novelty: {
    label: 'Novelty',
    description: 'share of word pairs that the document does not have (Narayan et al. 2018)',
    step: 0.05,
    last: 0.95,
  },
  coverage: {
    label: 'Extractive coverage',
    description: "share of words in fragments of the document's own (Grusky et al. 2018)",
    step: 0.05,
    last: 0.95,
  },
  density: {
    label: 'Extractive density',
    description: 'mean length, in words, of the fragment a word lies in (Grusky et al. 2018)',
    step: 1,
    last: 30,
  },
} satisfies Record<string, Axis>;
export type Measure = keyof typeof AXES;

/** Exact figures of a stream of numbers that take few different values (counts, rounded shares). */
export class Values {
  private readonly counts = new Map<number, number>();
  private count = 0;
  private sum = 0;

  add(value: number): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1);
    this.count++;
    this.sum += value;
  }

  json({ step, last }: Axis): Distribution {
    const sorted = [...this.counts].sort(([a], [b]) => a - b);
    const bins = new Array<number>(Math.round(last / step) + 1).fill(0);
    for (const [value, count] of sorted) {
      // Half a thousandth up: 0.15 / 0.05 is 2.999….
      const bin = Math.min(bins.length - 1, Math.floor((value + 0.0005) / step));
      bins[bin] = (bins[bin] as number) + count / this.count;
    }
    const at = (share: number) => {
      let seen = 0;
      for (const [value, count] of sorted) {
        seen += count;
        if (seen >= share * this.count) return value;
      }
      return 0;
    };
    return {
      count: this.count,
      mean: this.count === 0 ? 0 : round(this.sum / this.count),
      quartiles: [at(0.25), at(0.5), at(0.75)],
      bins: bins.map(round),
    };
  }
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;
