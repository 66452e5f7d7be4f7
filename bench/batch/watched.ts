/**
 * Loaded into a measured process before its own code (`node --import`). At the end it writes
 * what the process used into the file PRECIS_BENCH_USAGE, and with PRECIS_BENCH_STARTS a line a
 * document as soon as a worker begins with it: process and hash.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { Thread } from '../../model/thread.js';

const { PRECIS_BENCH_USAGE: usage, PRECIS_BENCH_STARTS: starts } = process.env;

export interface Usage {
  /** Seconds of processor time, of all threads. */
  cpu: number;
  /** MiB the process held at most. */
  memory: number;
}

if (usage) {
  process.once('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const used: Usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
    writeFileSync(usage, JSON.stringify(used));
  });
}

if (starts) {
  const { run } = Thread.prototype;
  Thread.prototype.run = function (this: Thread<unknown, unknown>, job, signal) {
    const { lines } = (job as { prose: { lines: string[] } }).prose;
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
    appendFileSync(starts, `${process.pid} ${hash}\n`);
    return run.call(this, job, signal);
  };
}
