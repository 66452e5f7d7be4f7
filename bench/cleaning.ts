/**
 * Figures of data-cleaning: `node dist/bench/cleaning.js [--rows 300] [--workers 2] [--corpus folder]`
 * (Linux: it reads /proc). Cleans a generated corpus of so many rows and one of ten times as many, or
 * the given corpus alone, and prints documents a second of processor time, peak resident memory of the
 * whole process tree and of the node process, and the growth. Processor time, so that a machine with
 * other work gives nearly the same figures; wall time beside it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { random } from './random.js';

const MB = 2 ** 20;
/** Milliseconds between two looks at the memory. */
const LOOK = 50;
/** Clock ticks a second in /proc/PID/stat (USER_HZ, 100 on every common Linux). */
const TICKS = 100;
const PAGE = 4096;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '300' },
    workers: { type: 'string', default: '2' },
    corpus: { type: 'string' },
  },
});

interface Process {
  pid: number;
  parent: number;
  /** Seconds of processor time, with those of its children that have ended. */
  seconds: number;
  bytes: number;
}

/** All processes that /proc shows; those that end while it is read are left out. */
function processes(): Process[] {
  const found: Process[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
      const bytes = Number(fields[21]) * PAGE;
      found.push({ pid: Number(name), parent: Number(fields[1]), seconds: ticks / TICKS, bytes });
    } catch {}
  }
  return found;
}

function tree(root: number): Process[] {
  const all = processes();
  const members = all.filter(({ pid }) => pid === root);
  for (const one of members) members.push(...all.filter(({ parent }) => parent === one.pid));
  return members;
}

interface Measured {
  rows: number;
  wall: number;
  cpu: number;
  /** MB of resident memory at most. */
  treePeak: number;
  nodePeak: number;
}

async function measure(corpus: string): Promise<Measured> {
  const out = mkdtempSync(join(tmpdir(), 'precis-bench-'));
  const program = fileURLToPath(new URL('../data-cleaning/main.js', import.meta.url));
  const parameters = ['run', corpus, '--out', out, '--quiet', '--workers', values.workers];
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...parameters], { stdio: 'inherit' });
  const peaks = { tree: 0, node: 0, cpu: 0 };
  const look = () => {
    const members = tree(child.pid as number);
    const sum = members.reduce((bytes, one) => bytes + one.bytes, 0);
    const seconds = members.reduce((total, one) => total + one.seconds, 0);
    peaks.tree = Math.max(peaks.tree, sum);
    peaks.node = Math.max(peaks.node, members[0]?.bytes ?? 0);
    peaks.cpu = Math.max(peaks.cpu, seconds);
  };
  const timer = setInterval(look, LOOK);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  if (code !== 0) throw new Error(`precis-clean ended with ${code}`);
  const wall = (performance.now() - began) / 1000;
  const { rows } = JSON.parse(readFileSync(join(out, 'DONE'), 'utf8')) as { rows: number };
  rmSync(out, { recursive: true });
  return { rows, wall, cpu: peaks.cpu, treePeak: peaks.tree / MB, nodePeak: peaks.node / MB };
}

/** A corpus of eight files with some 300 words a row; every row another text. */
function generated(rows: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'precis-corpus-'));
  mkdirSync(join(folder, 'pairs'));
  const next = random(rows);
  const words = 'harbour gauge tide table crew boat channel mast paint winter ferry quay'.split(
    ' ',
  );
  const word = () => `${words[Math.floor(next() * words.length)]}${Math.floor(next() * 500)}`;
  const sentence = () =>
    `The ${word()} of the ${word()} was measured by ${word()} in the ${word()}.`;
  for (let file = 0; file < 8; file++) {
    const lines = Array.from({ length: Math.ceil(rows / 8) }, (_, n) => {
      const paragraphs = Array.from({ length: 6 }, () =>
        Array.from({ length: 5 }, sentence).join(' '),
      );
      const title = `The ${word()} and the ${word()}`;
      const body = `# ${title}\n\n${paragraphs.join('\n\n')}\n`;
      const source = `bench/${file}`;
      const row = { id: `${file}-${n}`, source, license: 'CC0-1.0', title };
      return `${JSON.stringify({ ...row, summary: paragraphs[1]?.split('. ')[2], body })}\n`;
    });
    writeFileSync(join(folder, 'pairs', `source-${file}.jsonl`), lines.join(''));
  }
  return folder;
}

function told({ rows, wall, cpu, treePeak, nodePeak }: Measured): string {
  const rate = (rows / cpu).toFixed(1);
  const memory = `peak ${treePeak.toFixed(0)} MB in all, ${nodePeak.toFixed(0)} MB node`;
  return `${rows} rows: ${cpu.toFixed(1)} s of processor, ${wall.toFixed(1)} s in all, ${rate} documents/s a core, ${memory}\n`;
}

if (values.corpus) process.stdout.write(told(await measure(values.corpus)));
else {
  const few = Number(values.rows);
  const measured: Measured[] = [];
  for (const rows of [few, 10 * few]) {
    const corpus = generated(rows);
    const one = await measure(corpus);
    rmSync(corpus, { recursive: true });
    process.stdout.write(told(one));
    measured.push(one);
  }
  const [small, large] = measured as [Measured, Measured];
  const time = (large.cpu / small.cpu).toFixed(2);
  const memory = (large.treePeak / small.treePeak).toFixed(2);
  process.stdout.write(
    `ten times the rows: ${time} times the processor time (goal ≤10.5), ${memory} times the memory\n`,
  );
}
