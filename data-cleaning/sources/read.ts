import { unpacked } from '../../cli/batch/unpack.js';
import { describeError } from '../../cli/failure.js';
import { type Line, lines } from '../../cli/lines.js';
import { LINE_LIMIT, parseRow, type Row } from '../rows.js';
import type { CorpusFile } from './corpus.js';
import { documentRow, type FolderOptions } from './folder.js';

/** Something that should have been a row. */
export interface Broken {
  /** Its own id where that can be read, else the file and line. */
  id: string;
  reason: 'broken_row' | 'unreadable_file';
  problem: string;
}

/** Reasons that stand for what could not be read. */
export const READING: readonly { reason: string; description: string }[] = [
  {
    reason: 'unreadable_file',
    description: 'Files that are damaged, cut short or may not be read; rows before that are used.',
  },
  {
    reason: 'broken_row',
    description: 'Lines that are no JSON object in UTF-8 with an id and a body, or are over 16 MB.',
  },
];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Rows of a file, whatever is wrong with some of them. A file that turns out damaged gives the rows in
 * front of the damage and ends with an `unreadable_file`. Never throws for what an input holds.
 */
export async function* readRows(
  input: CorpusFile,
  options: FolderOptions,
): AsyncGenerator<Row | Broken> {
  const { file, path, problem, documents } = input;
  if (problem) yield { id: file, reason: 'unreadable_file', problem };
  else if (documents) yield* folderRows(path, documents, { source: file, ...defined(options) });
  else {
    try {
      for await (const line of lines(unpacked(path), LINE_LIMIT)) yield toRow(line, file);
    } catch (error) {
      const said = describeError(error).replaceAll(`${path}: `, '');
      yield { id: file, reason: 'unreadable_file', problem: said };
    }
  }
}

async function* folderRows(
  folder: string,
  names: string[],
  options: FolderOptions,
): AsyncGenerator<Row | Broken> {
  for (const name of names) {
    const row = await documentRow(folder, name, options);
    yield 'problem' in row ? { id: name, reason: 'unreadable_file', ...row } : row;
  }
}

function toRow({ bytes, number }: Line, file: string): Row | Broken {
  const id = `${file}:${number}`;
  if (bytes === null) return { id, reason: 'broken_row', problem: 'longer than 16 MB' };
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { id, reason: 'broken_row', problem: 'not UTF-8' };
  }
  const row = parseRow(text);
  if (!('problem' in row)) return row;
  return { id, reason: 'broken_row', problem: `${row.problem}: ${text.slice(0, 80)}` };
}

/** `exactOptionalPropertyTypes`: an option that is undefined must not hide the default. */
function defined(options: FolderOptions): FolderOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as FolderOptions;
}
