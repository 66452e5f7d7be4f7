import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireBuilt } from '../built.js';
import { run, start } from '../cli/run.js';

const { openDatabase } =
  requireBuilt<typeof import('../../server/feedback/open.js')>('server/feedback/open.js');

async function serving(data: string) {
  const child = start(['serve', '--port', '0'], { env: { PRECIS_DATA: data, LOG_LEVEL: 'error' } });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  child.stderr.resume();
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/listens on http/);
  const url = /listens on (http:\S+)/.exec(said)?.[1] ?? '';
  return { child, url };
}

const give = (url: string, suggestionId: string) =>
  fetch(`${url}/v1/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ suggestionId, action: 'accepted' }),
  }).then(
    ({ status }) => status,
    () => 0,
  );

test('kill -9 among 10,000 feedback writes loses none that was acknowledged', {
  timeout: 240_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'precis-crash-'));
  const { child, url } = await serving(data);
  await expect.poll(() => give(url, randomUUID()), { timeout: 60_000 }).toBe(201);
  const acknowledged = new Set<string>();
  let sent = 0;
  const writer = async () => {
    while (sent < 10_000 && child.exitCode === null && child.signalCode === null) {
      sent++;
      const id = randomUUID();
      if ((await give(url, id)) === 201) acknowledged.add(id);
      if (acknowledged.size === 5000) child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 32 }, writer));
  expect(acknowledged.size).toBeGreaterThanOrEqual(5000);
  const database = await openDatabase({ data });
  const [rows = []] = await database.transaction([{ sql: 'SELECT suggestion_id FROM feedback' }]);
  await database.close();
  const stored = new Set(rows.map((row) => row.suggestion_id));
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  rmSync(data, { recursive: true });
});

test('two services do not share a data folder, and a killed one leaves it free', {
  timeout: 120_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'precis-lock-'));
  const { child } = await serving(data);
  const { code, stderr } = await run(['serve', '--port', '0'], { env: { PRECIS_DATA: data } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/is in use by another precis.*PRECIS_DATA.*DATABASE_URL/);
  child.kill('SIGKILL');
  await once(child, 'close');
  const next = await serving(data);
  next.child.kill('SIGTERM');
  await once(next.child, 'close');
  rmSync(data, { recursive: true });
});

const mountable = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'precis-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    process.stderr.write('The test of a full disk is left out: no file system can be mounted.\n');
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

describe.skipIf(!mountable)('a full disk', () => {
  let disk: string;
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'precis-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk]);
  });
  afterAll(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('costs feedback a 503 and suggestions nothing; with room again it goes on, complete', {
    timeout: 180_000,
  }, async () => {
    const { child, url } = await serving(disk);
    const acknowledged = [randomUUID()];
    await expect.poll(() => give(url, acknowledged[0] ?? ''), { timeout: 60_000 }).toBe(201);
    const filler = join(disk, 'filler');
    try {
      for (let i = 0; ; i++) writeFileSync(`${filler}${i}`, Buffer.alloc(1 << (i < 200 ? 20 : 12)));
    } catch {
      // Full.
    }
    let status: number = 201;
    for (let i = 0; i < 20_000 && status === 201; i++) {
      const id = randomUUID();
      status = await give(url, id);
      if (status === 201) acknowledged.push(id);
    }
    expect(status).toBe(503);
    const document = { document: { text: 'The sea rises.' } };
    const suggestion = await fetch(`${url}/v1/summaries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(document),
    });
    expect(suggestion.status).toBe(200);
    execFileSync('sh', ['-c', `rm -f ${filler}*`]);
    await expect.poll(() => give(url, randomUUID()), { timeout: 60_000 }).toBe(201);
    child.kill('SIGKILL');
    await once(child, 'close');
    const database = await openDatabase({ data: disk });
    const [rows = []] = await database.transaction([{ sql: 'SELECT suggestion_id FROM feedback' }]);
    await database.close();
    const stored = new Set(rows.map((row) => row.suggestion_id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});
