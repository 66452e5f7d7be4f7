import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** One line of a corpus file. */
export interface Row {
  id: string;
  source: string;
  license: string;
  path?: string | null;
  title?: string | null;
  summary?: string | null;
  body: string;
  doc_type?: string | null;
}

export interface CorpusFile {
  path: string;
  /** Name of the folder it lies in, and its own name without extensions. */
  group: string;
  file: string;
  bytes: number;
}

const EXTENSION = /\.jsonl(\.zst|\.gz)?$/;

/** Corpus files under the given files and folders, small ones first: every source is soon heard. */
export async function corpusFiles(inputs: string[]): Promise<CorpusFile[]> {
  const found: CorpusFile[] = [];
  for (const input of inputs) {
    const info = await stat(input).catch(() => {
      throw new Error(`cannot read input ${input}: no such file or folder`);
    });
    const paths = info.isDirectory()
      ? (await readdir(input, { recursive: true })).sort().map((name) => join(input, name))
      : [input];
    for (const path of paths) {
      if (!EXTENSION.test(path)) continue;
      const { size } = await stat(path);
      const file = basename(path).replace(EXTENSION, '');
      found.push({ path, group: basename(dirname(path)), file, bytes: size });
    }
  }
  if (found.length === 0)
    throw new Error(`no .jsonl, .jsonl.gz or .jsonl.zst in ${inputs.join(', ')}`);
  return found.sort((a, b) => a.bytes - b.bytes || (a.path < b.path ? -1 : 1));
}

/** Lines of a plain, gzipped or zstd-compressed text file, as a stream. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const { stream, finished } = open(path);
  for await (const line of createInterface({
    input: stream,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line !== '') yield line;
  }
  await finished;
}

function open(path: string): { stream: Readable; finished: Promise<void> } {
  if (!path.endsWith('.zst')) {
    const file = createReadStream(path);
    const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    return { stream, finished: Promise.resolve() };
  }
  const child = spawn('zstd', ['-dcq', '--long=27', '--', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { stream: child.stdout, finished: zstdFinished(child, path) };
}

/** Resolves when a zstd process ended well; says what to do where the program is missing. */
export function zstdFinished(child: ReturnType<typeof spawn>, path: string): Promise<void> {
  let message = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    message += chunk.toString();
  });
  const finished = new Promise<void>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new Error(
              'the zstd program is needed for .zst files: install it (apt-get install zstd)',
            )
          : error,
      );
    });
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`zstd failed on ${path}: ${message.trim() || `exit code ${code}`}`));
    });
  });
  finished.catch(() => {});
  return finished;
}

/** A row, or what is wrong with the line. */
export function parseRow(line: string): Row | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not JSON' };
  }
  const row = value as Partial<Row> | null;
  if (typeof row?.id !== 'string') return { problem: 'no id' };
  if (typeof row.body !== 'string') return { problem: 'no body' };
  return { ...row, source: row.source ?? '', license: row.license ?? '' } as Row;
}
