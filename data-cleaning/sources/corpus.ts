import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Failure } from '../../cli/failure.js';
import { walk } from '../../cli/files.js';

/** What is read as one: a JSON Lines file, or (a part of) a folder of documents. */
export interface CorpusFile {
  path: string;
  /** Name of the folder it lies in, and its own name without extensions. */
  group: string;
  file: string;
  bytes: number;
  /** Files of a folder of documents, relative to `path`, in order. */
  documents?: string[];
  /** Why it cannot be read at all. */
  problem?: string;
}

const ROWS = /\.jsonl(\.zst|\.gz)?$/;
/** Documents of a folder that are read as one: more keep no second core busy, and are counted apart. */
const TOGETHER = 2000;

/**
 * What lies under the given files and folders, small ones first: every source is soon heard. A folder
 * that holds JSON Lines files is read as rows, any other as documents; `documents` prefers these.
 *
 * @throws Failure when an input is missing or nothing in it can be read.
 */
export async function corpusFiles(
  inputs: string[],
  options: { documents?: boolean } = {},
): Promise<CorpusFile[]> {
  const found = new Map<string, CorpusFile>();
  for (const input of inputs) {
    const info = await stat(input).catch(() => {
      throw new Failure(`cannot read input ${input}: no such file or folder`);
    });
    const files = info.isDirectory()
      ? await folderFiles(input, options.documents ?? false)
      : [await rowFile(input)];
    for (const one of files) found.set(await key(one), one);
  }
  if (found.size === 0)
    throw new Failure(`no .jsonl, .jsonl.gz, .jsonl.zst and no documents in ${inputs.join(', ')}`);
  return [...found.values()].sort((a, b) => a.bytes - b.bytes || order(name(a), name(b)));
}

async function folderFiles(folder: string, preferDocuments: boolean): Promise<CorpusFile[]> {
  const names = (await readdir(folder, { recursive: true })).filter((one) => ROWS.test(one)).sort();
  if (names.length > 0 && !preferDocuments) {
    return Promise.all(names.map((one) => rowFile(join(folder, one))));
  }
  const documents = await documentsOf(folder);
  if (documents.length > 0) return documents;
  return Promise.all(names.map((one) => rowFile(join(folder, one))));
}

async function rowFile(path: string): Promise<CorpusFile> {
  const file = basename(path).replace(ROWS, '');
  const about = { path, group: basename(dirname(resolve(path))), file };
  try {
    return { ...about, bytes: (await stat(path)).size };
  } catch {
    return { ...about, bytes: 0, problem: 'there is no such file (a link to nowhere?)' };
  }
}

async function documentsOf(folder: string): Promise<CorpusFile[]> {
  const parts: CorpusFile[] = [];
  const group = basename(dirname(resolve(folder)));
  const file = basename(resolve(folder));
  for await (const { path } of walk(folder)) {
    let part = parts.at(-1);
    if (!part?.documents || part.documents.length === TOGETHER) {
      part = { path: folder, group, file, bytes: 0, documents: [] };
      parts.push(part);
    }
    part.documents?.push(relative(folder, path));
    part.bytes += (await stat(path).catch(() => undefined))?.size ?? 0;
  }
  return parts;
}

/** Whatever names it, the same thing is read once. */
async function key({ path, documents }: CorpusFile): Promise<string> {
  const real = await realpath(path).catch(() => resolve(path));
  return `${real}\n${documents?.[0] ?? ''}`;
}

const name = ({ group, file, documents }: CorpusFile) => `${group}/${file}/${documents?.[0] ?? ''}`;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
