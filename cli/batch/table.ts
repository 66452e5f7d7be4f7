import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { Failure } from '../failure.js';
import type { Item } from './item.js';
import { check } from './rows.js';

export interface Columns {
  /** Column that holds the documents. */
  column?: string | undefined;
  idColumn?: string | undefined;
  titleColumn?: string | undefined;
}

type Cells = Record<string, unknown>;

/** Items of a CSV or TSV file with a header line; without an id column rows are called by their number. */
export async function* csv(
  bytes: AsyncIterable<Buffer>,
  path: string,
  columns: Columns,
): AsyncGenerator<Item> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      checkColumns(header, path, columns);
      return header;
    },
    delimiter: /\.tsv(\.|$)/i.test(path) ? '\t' : [',', ';'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 16 * 1024 * 1024,
  });
  void (async () => {
    try {
      for await (const chunk of bytes) {
        if (!parser.write(chunk)) await new Promise((resolve) => parser.once('drain', resolve));
      }
      parser.end();
    } catch (error) {
      parser.destroy(error as Error);
    }
  })();
  let number = 0;
  try {
    for await (const cells of parser) yield toItem(cells as Cells, ++number, path, columns);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('CSV_')) throw error;
    // What follows a broken record cannot be told apart; the rows before it are done.
    const where = `${path}, row ${number + 1}`;
    yield { id: null, where, error: { code: 'malformed', message: `${where}: ${message}` } };
  }
}

const ROWS_AT_ONCE = 512;

/** Items of a Parquet file, some rows of its row groups at a time. */
export async function* parquet(path: string, columns: Columns): AsyncGenerator<Item> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const source = {
      byteLength: size,
      async slice(start: number, end = size) {
        const buffer = Buffer.alloc(end - start);
        await file.read(buffer, 0, buffer.length, start);
        return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length);
      },
    };
    const metadata = await parquetMetadataAsync(source).catch((error: Error) => {
      throw new Failure(`${path}: is not Parquet or is damaged (${error.message})`);
    });
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    const { column, idColumn, titleColumn } = checkColumns(names, path, columns);
    const wanted = [column, idColumn, titleColumn].filter((name) => name !== undefined);
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += ROWS_AT_ONCE) {
      const rowEnd = Math.min(rows, rowStart + ROWS_AT_ONCE);
      const options = { file: source, metadata, columns: wanted, rowStart, rowEnd, compressors };
      const found = await parquetReadObjects(options).catch((error: Error) => {
        throw new Failure(`${path}, rows from ${rowStart + 1}: ${error.message}`);
      });
      for (const [index, cells] of found.entries()) {
        yield toItem(cells as Cells, rowStart + index + 1, path, columns);
      }
    }
  } finally {
    await file.close();
  }
}

function checkColumns(names: string[], path: string, columns: Columns): Columns {
  const { column, idColumn, titleColumn } = columns;
  if (column === undefined) {
    throw new Failure(`${path}: --column is needed; there are ${names.join(', ')}`);
  }
  for (const name of [column, idColumn, titleColumn]) {
    if (name !== undefined && !names.includes(name)) {
      throw new Failure(`${path}: there is no column ${name}; there are ${names.join(', ')}`);
    }
  }
  return columns;
}

function toItem(cells: Cells, number: number, path: string, columns: Columns): Item {
  const { column, idColumn, titleColumn } = columns;
  const given = idColumn === undefined ? number : cells[idColumn];
  const id = typeof given === 'bigint' ? Number(given) : given;
  const title = titleColumn === undefined ? undefined : (cells[titleColumn] ?? undefined);
  const text = cells[column as string] ?? '';
  return check({ id, text, ...(title === undefined ? {} : { title }) }, `${path}, row ${number}`);
}
