import { availableParallelism } from 'node:os';
import type { Job } from './messages.js';
import type { Parsed } from './parse.js';
import { Parser } from './parser.js';

/** A parser is replaced after so many files, lest a library that forgets nothing fills its memory. */
const FILES_EACH = 500;

/** Parsers for as many files at once as there are cores; started when needed, kept for the next file. */
class Parsers {
  private readonly idle: Parser[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly most: number) {}

  async parse(job: Job): Promise<Parsed> {
    while (this.busy >= this.most) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    this.busy++;
    const parser = this.take(job.limits.memoryBytes);
    try {
      return await parser.parse(job);
    } finally {
      this.busy--;
      if (parser.alive && parser.used < FILES_EACH) this.idle.push(parser);
      else parser.kill();
      this.waiting.shift()?.();
    }
  }

  private take(memoryBytes: number): Parser {
    for (let parser = this.idle.pop(); parser; parser = this.idle.pop()) {
      if (parser.alive && parser.memoryBytes === memoryBytes) return parser;
      parser.kill();
    }
    return new Parser(memoryBytes);
  }
}

export const parsers = new Parsers(availableParallelism());
