import { readFileSync } from 'node:fs';
import { type ZodType, z } from 'zod';

/** An input that cannot be used; the message says which file and what to do. */
export class InputError extends Error {}

/** Rows of a JSON Lines file. @throws InputError naming file and line. */
export function readRows<T>(path: string, schema: ZodType<T>): T[] {
  return readText(path)
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const where = `${path}, line ${i + 1}`;
      const parsed = schema.safeParse(parse(line, where));
      if (parsed.success) return [parsed.data];
      throw new InputError(`${where}: ${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ')}`);
    });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : String(code);
    throw new InputError(`${path}: ${why}`);
  }
}

function parse(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InputError(`${where}: is not JSON`);
  }
}
