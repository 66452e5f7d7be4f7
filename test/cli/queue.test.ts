import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binaries, missing, startPostgres } from '../server/postgres.js';
import { run, start } from './run.js';

const COUNT = 60;
const env = { PRECIS_QUEUE_EXPIRE_SECONDS: '5' };

describe.skipIf(missing('postgresql', binaries))('workers on a queue in PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let folder: string;
  const children: ReturnType<typeof start>[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), 'precis-'));
  }, 60_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A worker that has said it is ready. */
  async function worker() {
    const child = start(['worker', '--queue', postgres.url, '--workers', '2'], { env });
    children.push(child);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    await expect.poll(() => stderr, { timeout: 30_000 }).toContain('Waiting for documents');
    return { child, closed, stderr: () => stderr };
  }

  async function batch(name: string, rows: object[]) {
    const input = join(folder, `${name}.ndjson`);
    const out = join(folder, `${name}.out`);
    await writeFile(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const child = start(['batch', input, '--out', out, '--queue', postgres.url], { env });
    children.push(child);
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    const lines = async (path = out) =>
      (await readFile(path, 'utf8').catch(() => ''))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    return { child, closed, lines };
  }

  const status = async () =>
    JSON.parse((await run(['queue', '--queue', postgres.url, '--json'], { env })).stdout);

  test('three workers, one killed in the middle: every document once, in order, nothing lost', {
    timeout: 150_000,
  }, async () => {
    const workers = await Promise.all([worker(), worker(), worker()]);
    const rows = Array.from({ length: COUNT }, (_, n) => {
      return { id: n, text: `WAIT 150 for number ${n}.` };
    });
    const { closed, lines } = await batch('killed', rows);
    const partial = join(folder, 'killed.out.partial');
    await expect
      .poll(async () => (await lines(partial)).length, { timeout: 60_000 })
      .toBeGreaterThan(5);
    workers[0]?.child.kill('SIGKILL');
    expect(await closed).toBe(0);
    const found = await lines();
    expect(found.map(({ id, suggestion }) => [id, suggestion?.text])).toEqual(
      rows.map(({ id, text }) => [id, text]),
    );
    for (const { child } of workers.slice(1)) child.kill('SIGTERM');
    const codes = await Promise.all(workers.map((one) => one.closed));
    expect(codes).toEqual([null, 0, 0]);
    const done = workers
      .slice(1)
      .map((one) => Number(/(\d+) documents done/.exec(one.stderr())?.[1]));
    // Both took their share; what the killed one had under way, two at most, was done again.
    expect(Math.min(...done)).toBeGreaterThan(5);
    expect(await status()).toMatchObject({ waiting: 0, active: 0, dead: 0 });
  });

  test('a document that no worker can do lies with the dead ones, with the reason', {
    timeout: 90_000,
  }, async () => {
    const one = await worker();
    const rows = [
      { id: 'good', text: 'The sea rises.' },
      { id: 'bad', text: 'BREAK.' },
    ];
    const { closed, lines } = await batch('dead', rows);
    expect(await closed).toBe(0);
    const [good, bad] = await lines();
    expect(good.suggestion.text).toBe('The sea rises.');
    expect(bad.error.message).toContain('given up after several attempts: the worker broke');
    expect(await status()).toMatchObject({
      dead: 1,
      reasons: [{ reason: 'the worker broke', count: 1 }],
    });
    one.child.kill('SIGTERM');
    expect(await one.closed).toBe(0);
  });

  test('a run that is killed finds the answers that were given meanwhile', {
    timeout: 90_000,
  }, async () => {
    const rows = Array.from({ length: 10 }, (_, n) => ({ id: n, text: `Boat ${n} sails.` }));
    const first = await batch('again', rows);
    await expect.poll(async () => (await status()).waiting, { timeout: 40_000 }).toBe(10);
    first.child.kill('SIGKILL');
    await first.closed;
    const drained = await run(['worker', '--queue', postgres.url, '--drain'], { env });
    expect(drained.stderr).toContain('10 documents done');
    const second = await batch('again', rows);
    expect(await second.closed).toBe(0);
    expect((await second.lines()).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });

  test('a database that does not answer is an error in one line', async () => {
    const { code, stderr } = await run(['worker', '--queue', 'postgres://x@127.0.0.1:1/x']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^precis: the queue's database cannot be used: .+\n$/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
