import { createHash } from 'node:crypto';
import type { NearCopies } from './near.js';
import type { Output } from './output.js';
import type { CorpusFile } from './rows.js';
import type { Judged } from './worker.js';

export type Tier = 'clean' | 'loose' | 'prose' | 'rejects';
export type Outputs = Record<Tier, Output>;

/** What became of a row: `kept` for the clean ones, else why it is not among them. */
export interface Outcome {
  reason: string;
  evidence: string;
  /** The outputs that hold the row. */
  tiers: Tier[];
}

/** Reasons that no filter gives: what it takes to know them is other rows. In the order they are asked. */
export const PLACING: readonly { reason: string; description: string }[] = [
  {
    reason: 'contaminates_annotated',
    description:
      'Drops near copies of annotated dev and test documents: training must not see them.',
  },
  {
    reason: 'duplicate',
    description: 'Drops pairs whose body, or whose title and summary, another pair has already.',
  },
];

export interface PlacementOptions {
  seed: number;
  /** Near copies of these are kept out of training. */
  reserved: NearCopies;
}

/**
 * Decides where rows go by looking at all of them. `run.ts` calls it with the same rows in the same
 * order twice, whatever the number of workers:
 *
 *     for each row  placement.see(record, file)            remember what comparing needs
 *     placement.settle()                                   clusters, caps, splits
 *     for each row  await placement.place(record, file)    write it
 *     placement.splits()                                   becomes splits.json
 *
 * Rows have no unique id (a corpus may repeat one): count the calls of `see` and `place`. What is
 * held between them for 100,000 rows should stay below 80 MB: hashes and typed arrays, no texts.
 */
export class Placement {
  private readonly prose = new Set<string>();
  private readonly pairs = new Set<string>();

  constructor(
    private readonly outputs: Outputs,
    private readonly options: PlacementOptions,
  ) {}

  /** First pass. */
  see(_record: Judged, _file: CorpusFile): void {}

  /** Between the passes, once. */
  settle(): void {}

  /** Second pass: writes the row where it belongs. */
  async place(record: Judged, { group, file }: CorpusFile): Promise<Outcome> {
    const { row, title, text, summary, verdict, print } = record;
    const { id, source, license } = row;
    const { outputs } = this;
    const document = { id, source, group, file, license, title, text };
    const tiers: Tier[] = ['rejects'];
    const reject = async (reason: string, evidence: string): Promise<Outcome> => {
      await outputs.rejects.write({ id, source, group, file, reason, evidence });
      return { reason, evidence, tiers };
    };
    if (verdict?.severity === 'document') return reject(verdict.reason, verdict.evidence);
    const copy = this.options.reserved.find(print);
    if (copy) {
      const share = (copy.share * 100).toFixed(0);
      const evidence = `${share} % of ${copy.id}; otherwise ${verdict?.reason ?? 'kept'}`;
      return reject('contaminates_annotated', evidence);
    }
    if (!this.prose.has(print.exact)) {
      this.prose.add(print.exact);
      tiers.unshift('prose');
      await outputs.prose.write(document);
    }
    if (verdict?.severity === 'summary') return reject(verdict.reason, verdict.evidence);
    const label = createHash('sha1').update(`${file}\n${title}\n${summary}`).digest('base64url');
    if (this.pairs.has(print.exact)) return reject('duplicate', 'another pair has this body');
    if (this.pairs.has(label)) {
      return reject('duplicate', 'another page has this title and summary');
    }
    this.pairs.add(print.exact).add(label);
    if (verdict) {
      tiers.unshift('loose');
      await outputs.loose.write({ ...document, summary, reason: verdict.reason });
      return reject(verdict.reason, verdict.evidence);
    }
    await outputs.clean.write({ ...document, summary });
    return {
      reason: 'kept',
      evidence: '',
      tiers: ['clean', ...tiers.filter((t) => t === 'prose')],
    };
  }

  /** What splits.json says. */
  splits(): object {
    return { seed: this.options.seed };
  }
}
