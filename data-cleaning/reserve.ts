import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type AnnotatedRow, RESERVED, type Split } from './annotated.js';
import type { NearCopies } from './duplicates/reserved.js';
import { Output } from './output.js';
import type { CorpusFile } from './rows.js';
import type { Judged } from './worker.js';

/** The annotated documents of a run: found among the rows, reserved, and written a file a split. */
export class Annotated {
  private readonly wanted = new Map<string, AnnotatedRow[]>();
  private readonly reservedIds = new Set<string>();
  /** Packed: thousands of whole documents wait here until all are seen. */
  private readonly found = new Map<string, Buffer>();

  constructor(
    private readonly splits: Split[],
    private readonly reserved: NearCopies,
  ) {
    for (const { name, rows } of splits) {
      for (const row of rows) {
        const key = fileKey(row);
        this.wanted.set(key, [...(this.wanted.get(key) ?? []), row]);
        if (RESERVED.includes(name)) this.reservedIds.add(rowKey(row, row.id));
      }
    }
  }

  /** Names the sets, whatever their documents. */
  get identity(): string {
    return createHash('sha256').update(JSON.stringify(this.splits)).digest('hex');
  }

  /** Ids of a file's rows that are annotated. */
  ids(file: CorpusFile): Set<string> {
    return new Set(this.wanted.get(fileKey(file))?.map(({ id }) => id));
  }

  /** Takes note of a row if it is annotated; of dev and test it keeps the copies out. */
  see(record: Judged, file: CorpusFile, ids: ReadonlySet<string>): void {
    const { id } = record.row;
    if (!ids.has(id) || record.verdict?.reason === 'broken_row') return;
    const key = rowKey(file, id);
    if (this.found.has(key)) return;
    this.found.set(key, deflateRawSync(JSON.stringify({ ...record, print: undefined })));
    if (this.reservedIds.has(key)) this.reserved.add(id, record.print);
  }

  /** The splits with what was found of them, in their own order. */
  *rows(): Generator<{ split: string; row: AnnotatedRow; record: Omit<Judged, 'print'> }> {
    for (const { name, rows } of this.splits) {
      for (const row of rows) {
        const packed = this.found.get(rowKey(row, row.id));
        if (packed) {
          const record = JSON.parse(inflateRawSync(packed).toString('utf8'));
          yield { split: name, row, record };
        }
      }
    }
  }

  /** Writes `annotated-SPLIT.jsonl.zst`, a file after the other; none has its name yet. */
  async write(out: string): Promise<Output[]> {
    const outputs = new Map<string, Output>();
    for (const { name } of this.splits) {
      outputs.set(name, new Output(join(out, `annotated-${name}.jsonl.zst`)));
    }
    for (const { split, row, record } of this.rows()) {
      const { id, group, file, suitable, kind, author, summary, plain } = row;
      const { title, text } = record;
      const { source, license } = record.row;
      const author_summary = record.rawSummary ?? (record.summary || null);
      const verdict = record.verdict ?? null;
      const { verdicts = [], score = null } = record;
      const document = { id, group, file, source, license, title, text, author_summary };
      const output = outputs.get(split) as Output;
      await output.write({
        ...document,
        suitable,
        kind,
        author,
        summary,
        plain,
        verdict,
        verdicts,
        score,
      });
    }
    return [...outputs.values()];
  }
}

const fileKey = ({ group, file }: { group: string; file: string }) => `${group}/${file}`;
const rowKey = (of: { group: string; file: string }, id: string) => `${fileKey(of)}/${id}`;
