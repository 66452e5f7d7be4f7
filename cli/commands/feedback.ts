import { type Given, readConfig } from '../../server/config/index.js';
import { exportLines } from '../../server/feedback/export.js';
import { migrate } from '../../server/feedback/migrations.js';
import { claim, openDatabase } from '../../server/feedback/open.js';
import { exit } from '../exit.js';
import { Failure } from '../failure.js';
import { writeLines } from '../output.js';

export interface ExportFlags extends Given {
  out: string;
  days: string;
  url?: string;
}

/** From the database, or from a running service, which has the embedded one to itself. */
export async function exportFeedback(flags: ExportFlags): Promise<number> {
  const days = Number(flags.days);
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new Failure('--days: a whole number from 1 to 3650 is needed');
  }
  let count = 0;
  const counted = async function* (lines: AsyncIterable<string>) {
    for await (const text of lines) {
      count += text.split('\n').length - 1;
      yield text;
    }
  };
  if (flags.url) await writeLines(flags.out, counted(fetched(flags.url, days)));
  else {
    const config = readConfig({ data: flags.data, databaseUrl: flags.databaseUrl });
    const release = await claim(config);
    const database = await openDatabase(config);
    try {
      await migrate(database);
      await writeLines(flags.out, counted(exportLines(database, days)));
    } finally {
      await database.close();
      release();
    }
  }
  process.stderr.write(`${count} suggestions with feedback.\n`);
  return exit.done;
}

async function* fetched(url: string, days: number): AsyncGenerator<string> {
  const key = process.env.PRECIS_API_KEY;
  const address = new URL(`/v1/feedback/export?days=${days}`, url);
  const response = await fetch(address, {
    headers: key ? { authorization: `Bearer ${key}` } : {},
  }).catch(() => {
    throw new Failure(`${url}: no service answers there`);
  });
  if (!response.ok || !response.body) {
    const body = (await response.json().catch(() => null)) as {
      error?: { message?: string };
    } | null;
    const hint = response.status === 401 ? ' (PRECIS_API_KEY: a key with the scope admin)' : '';
    throw new Failure(`${url}: ${body?.error?.message ?? response.status}${hint}`);
  }
  const decoder = new TextDecoder();
  for await (const chunk of response.body) yield decoder.decode(chunk, { stream: true });
}
