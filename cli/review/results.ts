import { createReadStream } from 'node:fs';
import type { Summary } from '../../server/schemas/summaries.js';
import { about, Failure } from '../failure.js';
import { lines } from '../lines.js';

/** A suggestion in a results file, waiting for a person. */
export interface Proposal {
  id: string | number;
  summary: Summary & { suggestion: NonNullable<Summary['suggestion']> };
  diagnostics: unknown;
  /** Whether the id is the path of a document. */
  isFile: boolean;
}

/** The suggestions of a results file, in its order. */
export async function* proposals(path: string): AsyncGenerator<Proposal> {
  const bytes = createReadStream(path) as AsyncIterable<Buffer>;
  try {
    for await (const line of lines(bytes)) {
      const row = parse(line.bytes, `${path}, line ${line.number}`);
      if (!row.suggestion?.id) continue;
      const { id, diagnostics, file, ...summary } = row;
      yield {
        id,
        summary: summary as Proposal['summary'],
        diagnostics,
        isFile: file !== undefined,
      };
    }
  } catch (error) {
    about(path)(error as NodeJS.ErrnoException);
  }
}

type ResultRow = Summary & { id: string | number; diagnostics?: unknown; file?: object };

function parse(bytes: Buffer | null, where: string): ResultRow {
  try {
    const row = JSON.parse((bytes as Buffer).toString()) as ResultRow;
    if (typeof row === 'object' && row !== null) return row;
  } catch {}
  throw new Failure(`${where}: is not a result of precis batch`);
}
