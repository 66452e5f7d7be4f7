import { appendFile, readFile } from 'node:fs/promises';
import { about } from '../failure.js';

export interface Decision {
  suggestionId: string;
  action: 'accepted' | 'edited' | 'dismissed';
  /** What an edited suggestion became. */
  text?: string;
}

/** What a person decided so far, in a file beside the results: each decision is on disk at once. */
export class Decisions {
  private readonly made = new Map<string, Decision>();

  private constructor(readonly path: string) {}

  static async open(results: string): Promise<Decisions> {
    const decisions = new Decisions(`${results}.review.ndjson`);
    const text = await readFile(decisions.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      return error.code === 'ENOENT' ? '' : about(decisions.path)(error);
    });
    for (const line of text.split('\n')) {
      try {
        const decision = JSON.parse(line) as Decision;
        decisions.made.set(decision.suggestionId, decision);
      } catch {
        // The last line of a killed session.
      }
    }
    return decisions;
  }

  get(suggestionId: string): Decision | undefined {
    return this.made.get(suggestionId);
  }

  get all(): Decision[] {
    return [...this.made.values()];
  }

  async add(decision: Decision): Promise<void> {
    this.made.set(decision.suggestionId, decision);
    await appendFile(this.path, `${JSON.stringify(decision)}\n`).catch(about(this.path));
  }
}
