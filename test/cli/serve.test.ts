import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { run, start } from './run.js';

/** Starts `precis serve` and gives its address once it has announced it. */
async function serving(env: Record<string, string> = {}) {
  const child = start(['serve', '--port', '0'], { env });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      const found = /listens on (http:\S+)[\s\S]*Try it:\n {2}curl /.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error(stderr)));
  });
  const closed = once(child, 'close');
  return { child, url, closed, stdout: () => stdout, stderr: () => stderr };
}

test.each(['SIGTERM', 'SIGINT'] as const)('serves, and %s ends it with code 0', async (signal) => {
  const { child, url, closed, stdout } = await serving();
  expect(stdout()).toContain(`curl -s ${url}/v1/summaries`);
  const response = await fetch(`${url}/v1/summaries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: { text: 'The sea rises.' } }),
  });
  expect(await response.json()).toMatchObject({ suggestion: { text: 'The sea rises.' } });
  child.kill(signal);
  expect(await closed).toEqual([0, null]);
});

test('a signal lets the request under way finish', async () => {
  const { child, url, closed, stderr } = await serving();
  const answer = fetch(`${url}/v1/summaries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: { text: 'WAIT 1000 milliseconds.' } }),
  });
  await expect.poll(stderr, { timeout: 10_000 }).toContain('incoming request');
  child.kill('SIGTERM');
  expect((await answer).status).toBe(200);
  expect(await closed).toEqual([0, null]);
});

test('a request that hangs does not keep it alive for ever', async () => {
  const { child, url, closed, stderr } = await serving({ PRECIS_DRAIN_SECONDS: '0.2' });
  const answer = fetch(`${url}/v1/summaries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: { text: 'WAIT 60000 milliseconds.' } }),
  }).catch(() => 'cut off');
  await expect.poll(stderr, { timeout: 10_000 }).toContain('incoming request');
  child.kill('SIGTERM');
  expect(await closed).toEqual([1, null]);
  expect(await answer).toBe('cut off');
});

test('a port in use is an error in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await run(['serve'], {
    env: { PORT: String(port), LOG_LEVEL: 'silent' },
  });
  other.close();
  expect(code).toBe(1);
  expect(stderr).toBe(
    `precis: Port ${port} on 127.0.0.1 is in use; choose another with --port or PORT.\n`,
  );
});

test.each([
  [{ PORT: 'http' }, /port \(PORT\)/],
  [{ LOG_LEVEL: 'loud' }, /logLevel \(LOG_LEVEL\)/],
  [{ PRECIS_BODY_BYTES: '-1' }, /bodyBytes \(PRECIS_BODY_BYTES\)/],
])('configuration %j is refused by name', async (env, message) => {
  const { code, stderr } = await run(['serve'], { env });
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test('a missing bundle ends it with code 1', async () => {
  const { code, stderr } = await run(['serve', '--port', '0', '--bundle', '/nowhere'], {
    model: 'real',
    env: { LOG_LEVEL: 'silent' },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^precis: \/nowhere\/manifest\.json: .+\n$/);
});
