import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, start } from './run.js';

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'precis-operator-'));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const env = () => ({ PRECIS_DATA: data });

async function serving(more: Record<string, string> = {}) {
  const child = start(['serve', '--port', '0'], { env: { ...env(), ...more } });
  let said = '';
  let logged = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    logged += text;
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/listens on http/);
  const stop = () =>
    new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.kill('SIGTERM');
    });
  return { child, url: /listens on (http:\S+)/.exec(said)?.[1] ?? '', logged: () => logged, stop };
}

describe('precis config', () => {
  test('prints every setting with its reason, and no secret', async () => {
    const { code, stdout } = await run(['config', '--port', '9000'], {
      env: { DATABASE_URL: 'postgres://me:hunter2@db/precis', ...env() },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^port = 9000\n.*from the flag$/m);
    expect(stdout).toMatch(/^databaseUrl = \*\*\*\n.*from the environment$/m);
    expect(stdout).toMatch(/^host = 127\.0\.0\.1\n.*default: only this machine/m);
    expect(stdout).not.toContain('hunter2');
  });

  test('refuses what does not fit, by flag', async () => {
    const { code, stderr } = await run(['config', '--queue-tokens', 'many']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^precis: Invalid configuration: queueTokens \(--queue-tokens\): /);
  });
});

describe('precis keys', () => {
  test('makes, lists and removes keys; the service asks for them', {
    timeout: 90_000,
  }, async () => {
    const made = await run(['keys', 'create', 'editor', '--scope', 'suggest', 'admin'], {
      env: env(),
    });
    expect(made.stdout).toMatch(/^precis_[0-9a-f]{8}_[\w-]{43}\n$/);
    const limited = [
      'keys',
      'create',
      'crawler',
      '--documents-per-day',
      '5',
      '--expires',
      '2100-01-01',
    ];
    expect((await run(limited, { env: env() })).code).toBe(0);
    const { stdout } = await run(['keys', 'list'], { env: env() });
    expect(stdout).toMatch(
      / {2}editor {2}suggest,admin\n.* {2}crawler {2}suggest,feedback {2}5 documents a day {2}until 2100-01-01\n$/,
    );
    expect(stdout).not.toContain(made.stdout.trim().slice(-20));
    expect((await run(['keys', 'remove', 'crawler'], { env: env() })).code).toBe(0);
    expect((await run(['keys', 'remove', 'crawler'], { env: env() })).code).toBe(1);

    // With a key another address is allowed.
    const { url, stop } = await serving({ HOST: '0.0.0.0' });
    const address = url.replace('0.0.0.0', '127.0.0.1');
    expect((await fetch(`${address}/v1/info`)).status).toBe(401);
    const headers = { authorization: `Bearer ${made.stdout.trim()}` };
    expect((await fetch(`${address}/v1/info`, { headers })).status).toBe(200);
    expect(await stop()).toBe(0);
    rmSync(join(data, 'keys.json'));
  });

  test.each([
    [['keys', 'create', 'x', '--scope', 'everything'], /there is no scope everything/],
    [['keys', 'create', 'x', '--expires', 'soon'], /date is needed/],
    [['serve', '--host', '0.0.0.0', '--port', '0'], /without API keys.*precis keys create/],
  ])('%j is an error in one line', async (args, message) => {
    const { code, stderr } = await run(args, { env: env() });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});

test('precis feedback export, from a running service and from its folder', {
  timeout: 120_000,
}, async () => {
  const { url, stop } = await serving();
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return fetch(url + path, init);
  };
  const answer = await post('/v1/summaries', { document: { text: 'The sea rises.' } });
  const { suggestion } = (await answer.json()) as { suggestion: { id: string } };
  const give = () => post('/v1/feedback', { suggestionId: suggestion.id, action: 'edited' });
  await expect.poll(async () => (await give()).status, { timeout: 60_000 }).toBe(201);

  const taken = await run(['feedback', 'export'], { env: env() });
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('in use by another')]);
  const online = await run(['feedback', 'export', '--url', url], { env: env() });
  expect(online.stderr).toBe('1 suggestions with feedback.\n');
  expect(await stop()).toBe(0);

  const out = join(data, 'feedback.ndjson');
  const offline = await run(['feedback', 'export', '--out', out], { env: env() });
  expect(offline.code).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe(online.stdout);
  expect(JSON.parse(online.stdout)).toMatchObject({ id: suggestion.id, verdict: 'edit' });
});

test('SIGHUP loads the bundle again without dropping a request', { timeout: 90_000 }, async () => {
  const { child, url, logged, stop } = await serving();
  let reloads = 0;
  const ask = async (i: number) => {
    const body = JSON.stringify({ document: { text: `WAIT 30 for number ${i}.` } });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${url}/v1/summaries`, { method: 'POST', headers, body })).status;
  };
  const writers = Array.from({ length: 4 }, async (_, w) => {
    for (let i = 0; i < 20; i++) {
      if (w === 0 && i % 5 === 2) {
        child.kill('SIGHUP');
        reloads++;
      }
      expect(await ask(100 * w + i)).toBe(200);
    }
  });
  await Promise.all(writers);
  const done = () => logged().match(/bundle loaded again/g)?.length ?? 0;
  await expect.poll(done, { timeout: 10_000 }).toBe(reloads);
  const response = await fetch(`${url}/v1/admin/reload`, { method: 'POST' });
  expect(await response.json()).toEqual({ model: { name: 'fake', version: '1.0.0' } });
  expect(await stop()).toBe(0);
});
