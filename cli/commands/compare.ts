import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Churn, churn, type Known, knownOf, LIMITS } from '../../evaluation/churn.js';
import { type Answer, readAnswers } from '../../evaluation/rows/answer.js';
import { InputError } from '../../evaluation/rows/lines.js';
import type { SuggestionLength } from '../../server/schemas/suggestion.js';
import { table } from '../compare/table.js';
import { exit } from '../exit.js';
import { about, Failure } from '../failure.js';
import { lines } from '../lines.js';
import { batch } from './batch.js';

export interface CompareFlags {
  length: SuggestionLength;
  workers: number;
  json?: true;
  keep?: string;
  minAgreement?: number;
  maxLoss?: number;
  maxChanged?: number;
  maxUnsuitable?: number;
}

/** Whether a new bundle may take the place of the old one, by what changes on some documents. */
export async function compare(
  before: string,
  after: string,
  documents: string[],
  flags: CompareFlags,
): Promise<number> {
  const folder = flags.keep ?? (await mkdtemp(join(tmpdir(), 'precis-compare-')));
  try {
    await mkdir(folder, { recursive: true });
    const old = await answers(before, documents, join(folder, 'before.ndjson'), flags);
    const now = await answers(after, documents, join(folder, 'after.ndjson'), flags);
    const found = churn(old, now, await knownIn(documents, flags.length), {
      agreement: flags.minAgreement ?? LIMITS.agreement,
      loss: flags.maxLoss ?? LIMITS.loss,
      changed: flags.maxChanged ?? LIMITS.changed,
      unsuitable: flags.maxUnsuitable ?? LIMITS.unsuitable,
    });
    if (found.documents === 0) {
      throw new Failure(`${before} and ${after} have no answered document in common`);
    }
    const models = { before: named(before, old), after: named(after, now) };
    process.stdout.write(
      flags.json ? `${JSON.stringify({ ...models, ...found }, null, 2)}\n` : text(models, found),
    );
    return found.ship ? exit.done : exit.churned;
  } finally {
    if (!flags.keep) await rm(folder, { recursive: true, force: true });
  }
}

/** Answers of a bundle, or those that a batch has written before. */
async function answers(
  from: string,
  documents: string[],
  out: string,
  { length, workers }: CompareFlags,
): Promise<Map<string, Answer>> {
  const given = await stat(from).catch(about(from));
  if (given.isDirectory()) {
    if (documents.length === 0) {
      throw new Failure('which documents? Name files or folders behind the two bundles');
    }
    process.stderr.write(`${from}:\n`);
    const options = { type: 'tldr', length, workers, bundle: from, out } as const;
    if ((await batch(documents, options)) !== exit.done) {
      throw new Failure(`${from}: no document could be answered, see ${out}`);
    }
  }
  try {
    return readAnswers(given.isDirectory() ? out : from);
  } catch (error) {
    throw error instanceof InputError ? new Failure(error.message) : error;
  }
}

/** References and labels, where the documents are rows that hold them. */
async function knownIn(documents: string[], length: SuggestionLength): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const path of documents.filter((name) => /\.(?:nd)?jsonl?$/i.test(name))) {
    for await (const { bytes } of lines(createReadStream(path) as AsyncIterable<Buffer>)) {
      const row = bytes && knownOf(parsed(bytes), length);
      if (row) known.set(...row);
    }
  }
  return known;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    // The batch has reported it.
    return undefined;
  }
}

function named(path: string, given: ReadonlyMap<string, Answer>) {
  const model = given.values().next().value?.model;
  return { path, name: model?.name ?? null, version: model?.version ?? null };
}

function text(models: Record<'before' | 'after', ReturnType<typeof named>>, found: Churn): string {
  const title = ({ path, name, version }: ReturnType<typeof named>) =>
    `${path}${name ? ` (${name} ${version})` : ''}`;
  return `before  ${title(models.before)}\nafter   ${title(models.after)}\n\n${table(found)}`;
}
