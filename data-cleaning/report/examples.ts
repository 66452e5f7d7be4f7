import { createHash } from 'node:crypto';

export interface Example {
  id: string;
  file: string;
  title: string;
  /** As the author wrote it. */
  summary: string;
  /** The opening of the document. */
  text: string;
  /** Where the row ended, and why. */
  reason: string;
  evidence: string;
}

/** Examples that are shown of each kind. */
export const SHOWN = 5;

/**
 * A few examples of a kind, drawn at random by the seed. What is drawn depends on the rows alone and
 * not on their order: those with the smallest hash.
 */
export class Sample {
  private readonly drawn: { hash: string; example: Example }[] = [];

  constructor(
    private readonly seed: number,
    private readonly kind: string,
  ) {}

  offer(key: string, make: () => Example): void {
    const hash = createHash('md5').update(`${this.seed}\n${this.kind}\n${key}`).digest('hex');
    const worst = this.drawn.at(-1);
    if (this.drawn.length === SHOWN && worst && worst.hash <= hash) return;
    this.drawn.push({ hash, example: make() });
    this.drawn.sort((a, b) => (a.hash < b.hash ? -1 : 1));
    this.drawn.length = Math.min(this.drawn.length, SHOWN);
  }

  json(): Example[] {
    return this.drawn.map(({ example }) => example);
  }
}
