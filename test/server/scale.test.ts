import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PrecisClient } from '../../client/index.js';
import { root } from '../built.js';
import { start } from '../cli/run.js';
import { binaries, freePort, missing, startPostgres } from './postgres.js';

const nginx = '/usr/sbin/nginx';
const patience = { timeout: 60_000, interval: 200 };
const skip = missing('postgresql', binaries) || missing('nginx-light', existsSync(nginx));

/** `deploy/nginx.conf` as it is shipped, with other addresses and without root's folders. */
function nginxConfig(port: number, instances: number[]): string {
  const servers = instances
    .map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=2s;`)
    .join('\n    ');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path tmp/${name};`,
  );
  return readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
    .replace(/server precis:8080.*/, servers)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('worker_processes auto', 'worker_processes 1')
    .replace('http {', `http {\n  access_log off;\n  ${paths.join('\n  ')}`)
    .replace(/^/, 'daemon off;\npid nginx.pid;\nerror_log stderr;\n');
}

describe.skipIf(skip)('two instances and one PostgreSQL behind nginx', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let balancer: ChildProcess;
  let folder: string;
  let client: PrecisClient;
  const instances: { child: ChildProcess; port: number; url: string }[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'precis-nginx-'));
    mkdirSync(join(folder, 'tmp'));
    const ports = [await freePort(), await freePort()];
    for (const port of ports) {
      const child = start(['serve', '--port', String(port)], {
        env: { DATABASE_URL: postgres.url, LOG_LEVEL: 'error' },
      });
      instances.push({ child, port, url: `http://127.0.0.1:${port}` });
    }
    const port = await freePort();
    writeFileSync(join(folder, 'nginx.conf'), nginxConfig(port, ports));
    balancer = spawn(nginx, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], {
      stdio: 'ignore',
    });
    client = new PrecisClient({ url: `http://127.0.0.1:${port}` });
    const ready = (url: string) =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    for (const { url } of instances) {
      await vi.waitFor(async () => expect(await ready(url)).toBe(true), patience);
    }
    const all = () => ready(`http://127.0.0.1:${port}`);
    await vi.waitFor(async () => expect(await all()).toBe(true), patience);
  }, 150_000);

  afterAll(async () => {
    balancer?.kill('SIGTERM');
    for (const { child } of instances) child.kill('SIGKILL');
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (i: number | string) => `Number ${i} is what this document is about. It has more.`;

  test('both answer, and feedback given through one is in the report of the other', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) {
      const { summary } = await client.suggest({ text: text(i) });
      ids.push(summary?.suggestion?.id ?? '');
    }
    for (const suggestionId of ids) await client.feedback({ suggestionId, action: 'accepted' });
    const served = await Promise.all(
      instances.map(async ({ url }) => {
        const figures = await (await fetch(`${url}/metrics`)).text();
        return Number(/precis_suggestions_total\{outcome="shown"\} (\d+)/.exec(figures)?.[1] ?? 0);
      }),
    );
    expect(Math.min(...served)).toBeGreaterThan(0);
    expect(served.reduce((a, b) => a + b)).toBe(20);
    for (const { url } of instances) {
      const report = () => new PrecisClient({ url }).report();
      // The other instance records what it showed within a tenth of a second.
      await expect.poll(async () => (await report()).total.shown, { timeout: 10_000 }).toBe(20);
      expect((await report()).total).toMatchObject({ accepted: 20, acceptance: 1 });
      expect((await report()).unmatched).toBe(0);
    }
  });

  test('the same Idempotency-Key through both is stored once', async () => {
    const { summary } = await client.suggest({ text: text('key') });
    const suggestionId = summary?.suggestion?.id ?? '';
    const statuses = await Promise.all(
      instances.flatMap(({ url }) =>
        [1, 2, 3].map(async () => {
          const response = await fetch(`${url}/v1/feedback`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': 'once' },
            body: JSON.stringify({ suggestionId, action: 'edited' }),
          });
          return response.status;
        }),
      ),
    );
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 201]);
  });

  test('an instance that is stopped under load takes no request with it', async () => {
    const [first] = instances;
    const ask = async (i: number) => client.suggest({ text: `WAIT 20 ${text(`load ${i}`)}` });
    const workers = Array.from({ length: 4 }, async (_, w) => {
      for (let i = 0; i < 25; i++) {
        if (w === 0 && i === 8) first?.child.kill('SIGTERM');
        expect((await ask(w * 100 + i)).summary?.suggestion).toBeTruthy();
      }
    });
    await Promise.all(workers);
    if (first && first.child.exitCode === null) await once(first.child, 'exit');
    expect(first?.child.exitCode).toBe(0);
  });
});
