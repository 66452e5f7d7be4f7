import type { NearCopies } from './near.js';
import type { Output } from './output.js';
import type { CorpusFile } from './rows.js';
import type { Judged } from './worker.js';

export type Outputs = Record<'clean' | 'loose' | 'prose' | 'rejects', Output>;

export interface Seen {
  pairs: Set<string>;
  prose: Set<string>;
}

/** Writes a row where it belongs and returns its reason, `kept` for the clean ones. */
export async function place(
  record: Judged,
  { group, file }: CorpusFile,
  outputs: Outputs,
  seen: Seen,
  reserved: NearCopies,
): Promise<string> {
  const { row, title, text, summary, verdict, print } = record;
  const { id, source, license } = row;
  const document = { id, source, group, file, license, title, text };
  const reject = async (reason: string, evidence: string) => {
    await outputs.rejects.write({ id, source, group, file, reason, evidence });
    return reason;
  };
  if (verdict?.severity === 'document') return reject(verdict.reason, verdict.evidence);
  const copy = reserved.find(print);
  if (copy) {
    const evidence = `${(copy.share * 100).toFixed(0)} % of ${copy.id}; otherwise ${verdict?.reason ?? 'kept'}`;
    return reject('contaminates_annotated', evidence);
  }
  if (!seen.prose.has(print.exact)) {
    seen.prose.add(print.exact);
    await outputs.prose.write(document);
  }
  if (verdict?.severity === 'summary') return reject(verdict.reason, verdict.evidence);
  if (seen.pairs.has(print.exact)) return reject('duplicate', 'another pair has this body');
  const label = `${file}\n${title}\n${summary}`;
  if (seen.pairs.has(label)) return reject('duplicate', 'another page has this title and summary');
  seen.pairs.add(print.exact).add(label);
  if (verdict) {
    await outputs.loose.write({ ...document, summary, reason: verdict.reason });
    return reject(verdict.reason, verdict.evidence);
  }
  await outputs.clean.write({ ...document, summary });
  return 'kept';
}
