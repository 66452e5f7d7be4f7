import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, Job } from './messages.js';
import { UnreadableError } from './unreadable.js';

const isSource = import.meta.url.endsWith('.ts');
const root = new URL(isSource ? '../' : '../../', import.meta.url);
/** Node 20 cannot load TypeScript, so the entry is always the compiled one. */
const entry = fileURLToPath(new URL('dist/documents/child.js', root));
const MB = 1024 * 1024;
/** Milliseconds between two looks at the memory of a busy process. */
const WATCH = 50;

/** A process that parses files one by one. A file that breaks or blocks it takes no more than it along. */
export class Parser {
  readonly memoryBytes: number;
  /** Files parsed so far. */
  used = 0;
  private readonly child: ChildProcess;
  private output = '';

  constructor(memoryBytes: number) {
    this.memoryBytes = memoryBytes;
    // The heap is limited by V8; buffers lie beside it and count in the size that is watched.
    const heap = Math.max(64, Math.floor(memoryBytes / MB / 2));
    this.child = fork(entry, {
      execArgv: [`--max-old-space-size=${heap}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Nothing of the parent's environment, which may hold secrets, but what Node needs to start.
      env: { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, SystemRoot: process.env.SystemRoot },
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.output = (this.output + text).slice(-4000);
    });
    this.rest();
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null && this.child.connected;
  }

  /** @throws UnreadableError, whatever becomes of the process. */
  async parse(job: Job): Promise<Extract<Answer, { parsed: unknown }>['parsed']> {
    this.used++;
    this.wake();
    let reason: 'too_slow' | 'out_of_memory' | undefined;
    const stop = (why: typeof reason) => {
      reason ??= why;
      this.kill();
    };
    const timer = setTimeout(() => stop('too_slow'), job.limits.milliseconds);
    const watch = setInterval(() => {
      if (residentBytes(this.child.pid) > job.limits.memoryBytes) stop('out_of_memory');
    }, WATCH);
    try {
      const answer = await this.ask(job);
      if (answer && 'parsed' in answer) return answer.parsed;
      if (answer) throw new UnreadableError(answer.code, answer.detail);
      const heap = /heap out of memory|Allocation failed|Array buffer allocation/.test(this.output);
      throw new UnreadableError(reason ?? (heap ? 'out_of_memory' : 'crashed'));
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.rest();
    }
  }

  /** The answer, or undefined when the process ended without one. */
  private ask(job: Job): Promise<Answer | undefined> {
    const { child } = this;
    return new Promise((resolve) => {
      const done = (answer?: Answer) => {
        child.off('message', done).off('close', ended).off('error', ended);
        resolve(answer);
      };
      const ended = () => done();
      child.once('message', done).once('close', ended).once('error', ended);
      child.send(job, (error) => {
        if (error) this.kill();
      });
    });
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** An idle process keeps its parent from ending no more than a cache would. */
  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
    (this.child.stderr as unknown as { unref?(): void } | null)?.unref?.();
  }

  private wake(): void {
    this.child.ref();
    this.child.channel?.ref();
  }
}

/** Memory of a process, on Linux; elsewhere only V8's own limit holds. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
