import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What every measurement is told. */
export interface Context {
  /** Folder of the student's bundle. */
  bundle: string;
  /** Folder of the other models' graphs; made when it is not there. */
  graphs: string;
  /** Runs of which the fastest counts. */
  runs: number;
  /** Smaller documents and fewer of them: to see that everything works, not to report. */
  quick: boolean;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Makes the graphs of other shapes, once: 1.2 GB outside git. */
export function ensureGraphs({ graphs }: Context): void {
  if (existsSync(`${graphs}/gemm/decoder.onnx`)) return;
  const made = spawnSync(`${root}.venv/bin/python`, [`${root}bench/graphs.py`, graphs], {
    stdio: 'inherit',
  });
  if (made.status !== 0) throw new Error('bench/graphs.py failed; make install first');
}

/** English prose of about `count` words, from the documents of the tests over and over. */
export function prose(count: number): string {
  const folder = `${root}test/fixtures/documents/`;
  const paragraphs = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
    .filter((line) => /^[A-Z].*\.$/.test(line));
  const chosen: string[] = [];
  for (let words = 0, i = 0; words < count; i++) {
    const paragraph = paragraphs[i % paragraphs.length] as string;
    chosen.push(paragraph);
    words += paragraph.split(' ').length;
  }
  return chosen.join('\n\n');
}
