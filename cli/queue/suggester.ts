import { createHash } from 'node:crypto';
import type { Document } from '../../documents/index.js';
import type { Outcome, Suggester, SuggesterInfo, SuggestOptions } from '../../server/suggester.js';
import { Failure } from '../failure.js';
import { Queue } from './queue.js';

/** Milliseconds between two looks for answers. */
const POLL = 200;
/** Looks for answers between two looks for documents that were given up. */
const DEAD_EVERY = 10;
/** Characters of a document's text that go along: what the model reads ends long before. */
const SENT = 100_000;

interface Waiting {
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/** Runs something with a suggester whose work is done by `precis worker` on any number of machines. */
export async function withQueue(
  url: string,
  run: string,
  use: (suggester: Suggester) => Promise<void>,
): Promise<void> {
  const suggester = new QueueSuggester(await Queue.open(url), run);
  try {
    await use(suggester);
  } finally {
    await suggester.close();
  }
}

class QueueSuggester implements Suggester {
  private readonly waiting = new Map<string, Waiting>();
  private readonly taken: string[] = [];
  private readonly looking: Promise<void>;
  private closed = false;

  constructor(
    private readonly queue: Queue,
    private readonly run: string,
  ) {
    this.looking = this.look();
  }

  async suggest(document: Document, options: SuggestOptions = {}): Promise<Outcome> {
    const { type, length, minConfidence } = options;
    const sent = cut(document);
    const asked = { type, length, minConfidence };
    const content = JSON.stringify([this.run, sent, asked]);
    const key = createHash('sha256').update(content).digest('hex');
    const twin = this.waiting.get(key);
    const answer = new Promise<Outcome>((resolve, reject) => {
      this.waiting.set(key, {
        resolve: (outcome) => {
          twin?.resolve(outcome);
          resolve(outcome);
        },
        reject: (error) => {
          twin?.reject(error);
          reject(error);
        },
      });
    });
    answer.catch(() => {});
    if (!twin) await this.queue.send({ key, document: sent, options: asked });
    return answer;
  }

  /** Workers know what they can write; they refuse the rest. */
  info(): SuggesterInfo {
    const both = ['short', 'medium'] as const;
    const limits = { sourceTokens: 0 };
    const model = { name: 'queue', version: '', created: '', licence: '', languages: [], limits };
    return {
      model,
      types: { tldr: both, headline: both, 'key-points': both },
      runtime: { workers: 0 },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.looking;
    await this.queue.forget(this.taken).catch(() => {});
    await this.queue.close();
  }

  private async look(): Promise<void> {
    for (let round = 0; !this.closed; round++) {
      await new Promise((resolve) => setTimeout(resolve, POLL));
      const keys = [...this.waiting.keys()];
      if (keys.length === 0) continue;
      try {
        for (const { key, outcome } of await this.queue.answers(keys)) {
          this.settle(key, (waiting) => waiting.resolve(outcome));
          this.taken.push(key);
        }
        if (this.taken.length > 1000) await this.queue.forget(this.taken.splice(0, 500));
        if (round % DEAD_EVERY !== 0) continue;
        for (const { key, reason } of await this.queue.dead(keys)) {
          const error = new Failure(`given up after several attempts: ${reason}`);
          this.settle(key, (waiting) => waiting.reject(error));
        }
      } catch (error) {
        // The database may come back; a run must not lose what waits for it.
        if (!isPassing(error)) this.abort(error as Error);
      }
    }
  }

  private settle(key: string, how: (waiting: Waiting) => void): void {
    const waiting = this.waiting.get(key);
    this.waiting.delete(key);
    if (waiting) how(waiting);
  }

  private abort(error: Error): void {
    for (const key of [...this.waiting.keys()]) this.settle(key, ({ reject }) => reject(error));
  }
}

function cut(document: Document): Document {
  const { title, source, blocks } = document;
  const kept = blocks.filter((block) => block.end <= SENT);
  return { ...(title ? { title } : {}), source: source.slice(0, SENT), blocks: kept };
}

/** Connection lost, server starting or stopping (SQLSTATE classes 08 and 57). */
function isPassing(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  return (
    /^(08|57)\w{3}$|^E(CONN|PIPE|TIMEDOUT|HOST)/.test(code) || /terminated/i.test(String(error))
  );
}
