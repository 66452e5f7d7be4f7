import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Inputs } from '../../cli/batch/inputs.js';
import type { Item } from '../../cli/batch/item.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Each item as `id: text`, or as its error. */
async function items(inputs: string[], columns = {}): Promise<string[]> {
  const found: string[] = [];
  const all = await Inputs.open(inputs, columns);
  for await (const item of all.items()) found.push(describe(item));
  return found;
}

function describe(item: Item): string {
  if ('error' in item) return `${item.error.code}: ${item.error.message}`;
  return `${item.id}: ${'path' in item ? 'a file' : item.input.text}`;
}

const rows = '{"id":"a","text":"The sea rises."}\n{"id":"b","text":"The sea falls."}\n';
const wanted = ['a: The sea rises.', 'b: The sea falls.'];

test('rows packed with gzip and zstd, and several files after one another', async () => {
  const plain = await file('rows.ndjson', rows);
  const gz = await file('rows.jsonl.gz', gzipSync(rows));
  const packed = spawnSync('zstd', ['-qc', '--long=27'], { input: rows });
  const zst = await file('rows.ndjson.zst', packed.stdout);
  expect(await items([plain])).toEqual(wanted);
  expect(await items([gz])).toEqual(wanted);
  expect(await items([zst])).toEqual(wanted);
  expect(await items([plain, gz, zst])).toEqual([...wanted, ...wanted, ...wanted]);
});

test('a packed file that is cut short is named, after the rows that could be read', async () => {
  const many = Array.from({ length: 3000 }, (_, n) => `{"id":${n},"text":"${n * 7919} boats."}\n`);
  const whole = gzipSync(many.join(''));
  const path = await file('cut.ndjson.gz', whole.subarray(0, whole.length / 2));
  await expect(items([path])).rejects.toThrow(/cut\.ndjson\.gz: is damaged or cut short/);
  const zst = spawnSync('zstd', ['-qc'], { input: many.join('') }).stdout;
  const cut = await file('cut.ndjson.zst', zst.subarray(0, zst.length / 2));
  await expect(items([cut])).rejects.toThrow(/cut\.ndjson\.zst: is damaged or cut short/);
});

test('a column of a CSV file, with quotes, line breaks and semicolons', async () => {
  const csv = 'slug,body,name\na,"The ""sea"" rises,\nslowly.",Sea\nb,The sea falls.,\n';
  const path = await file('articles.csv', `\ufeff${csv}`);
  expect(await items([path], { column: 'body', idColumn: 'slug', titleColumn: 'name' })).toEqual([
    'a: The "sea" rises,\nslowly.',
    'b: The sea falls.',
  ]);
  expect(await items([path], { column: 'body' })).toEqual([
    '1: The "sea" rises,\nslowly.',
    '2: The sea falls.',
  ]);
  const other = await file('articles.tsv', 'id\ttext\nx\tThe sea, it rises.\n');
  expect(await items([other], { column: 'text', idColumn: 'id' })).toEqual([
    'x: The sea, it rises.',
  ]);
});

test('a column that is not there is an error that names those that are', async () => {
  const path = await file('few.csv', 'slug,body\na,b\n');
  await expect(items([path])).rejects.toThrow('--column is needed; there are slug, body');
  await expect(items([path], { column: 'text' })).rejects.toThrow(
    'there is no column text; there are slug, body',
  );
});

test('a CSV file with a torn quote gives its rows and then an error', async () => {
  const path = await file('torn.csv', 'id,text\na,The sea rises.\nb,"The sea\n');
  const found = await items([path], { column: 'text', idColumn: 'id' });
  expect(found[0]).toBe('a: The sea rises.');
  expect(found[1]).toMatch(/^malformed: .*torn\.csv, row 2: /);
});

test('a column of a Parquet file, more rows than are read at once', async () => {
  const numbers = Array.from({ length: 1300 }, (_, n) => n);
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'key', data: numbers.map((n) => BigInt(n)), type: 'INT64' },
      { name: 'text', data: numbers.map((n) => `The sea rises ${n} times.`), type: 'STRING' },
    ],
    rowGroupSize: 500,
  });
  const path = await file('rows.parquet', new Uint8Array(bytes));
  const found = await items([path], { column: 'text', idColumn: 'key' });
  expect(found).toEqual(numbers.map((n) => `${n}: The sea rises ${n} times.`));
  const cut = await file('cut.parquet', new Uint8Array(bytes).subarray(0, 900));
  await expect(items([cut], { column: 'text' })).rejects.toThrow(/cut\.parquet: is not Parquet/);
});
