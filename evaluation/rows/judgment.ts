import { z } from 'zod';
import type { Length } from './document.js';
import { readRows } from './lines.js';

export const verdicts = ['accept', 'edit', 'reject'] as const;
export type Verdict = (typeof verdicts)[number];

/** A row of `docs/results/judged-*.jsonl`, see `distill/judging.py`. */
const judgmentRow = z.object({
  id: z.string(),
  system: z.string(),
  candidate: z.string().optional(),
  verdict: z.enum(verdicts),
  fault: z.string().default('none'),
});
export type Judgment = z.infer<typeof judgmentRow>;

/** What judges who did not know the systems said, found again by document and text. */
export class Judgments {
  readonly rows: readonly Judgment[];
  /** Documents of the sheets: a random sample of the suitable ones. */
  readonly sample: ReadonlySet<string>;
  readonly #byText = new Map<string, Judgment>();
  readonly #bySystem = new Map<string, Judgment>();

  constructor(rows: readonly Judgment[]) {
    this.rows = rows;
    this.sample = new Set(rows.map(({ id }) => id));
    for (const row of rows) {
      this.#bySystem.set(`${row.system}\n${row.id}`, row);
      if (row.candidate !== undefined) this.#byText.set(key(row.id, row.candidate), row);
    }
  }

  static read(paths: readonly string[]): Judgments {
    return new Judgments(paths.flatMap((path) => readRows(path, judgmentRow)));
  }

  /** What was said of exactly this text of this document. */
  of(id: string, text: string): Judgment | undefined {
    return this.#byText.get(key(id, text));
  }

  /** What was said of a system whose texts are not published (the leads), or of the annotated ones. */
  ofSystem(system: string, id: string): Judgment | undefined {
    return this.#bySystem.get(`${system}\n${id}`);
  }

  /** Judged texts of the student that it does not write any more, of one length. */
  stale(length: Length, writes: (id: string) => string | null): number {
    const own = this.rows.filter((row) => row.system === `precis-${length}` && row.candidate);
    return own.filter(
      (row) => key(row.id, writes(row.id) ?? '') !== key(row.id, row.candidate ?? ''),
    ).length;
  }
}

/** Typography is not what was judged. */
function key(id: string, text: string): string {
  const plain = text.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
  return `${id}\n${plain
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()}`;
}
