import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The judged files of a run that has not ended, one spool each, named by what they were made from. A
 * spool has its name only when it is complete, so that whatever ends a run, the next takes over all
 * that are there.
 */
export class Spools {
  private constructor(private readonly folder: string) {}

  /** Opens the state in an output folder; `fresh` throws it away first. */
  static async open(out: string, fresh: boolean): Promise<Spools> {
    const folder = join(out, '.spool');
    if (fresh) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Spools(folder);
  }

  path(identity: string): string {
    return join(this.folder, `${identity.slice(0, 40)}.jsonl.gz`);
  }

  async has(identity: string): Promise<boolean> {
    return (await stat(this.path(identity)).catch(() => undefined)) !== undefined;
  }

  /** Removes what this run has no use for: of other inputs or programs, and half-written ones. */
  async keepOnly(identities: readonly string[]): Promise<void> {
    const wanted = new Set(identities.map((identity) => this.path(identity)));
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      if (!wanted.has(path)) await rm(path, { force: true, recursive: true });
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
