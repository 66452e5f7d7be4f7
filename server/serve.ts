import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { relative } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.js';
import type { Config } from './config.js';
import { packageFile } from './package-file.js';
import type { Suggester } from './suggester.js';
import { version } from './version.js';

/** Listens, says so, and serves until a signal has drained it. */
export async function serve(
  config: Config,
  load: (bundle: string | undefined) => Promise<Suggester>,
): Promise<void> {
  const { bodyBytes, logLevel } = config;
  const app = await buildApp({
    suggester: load(config.bundle),
    bodyBytes,
    logLevel,
    log: process.stderr,
  });
  try {
    await listen(app, config);
    await app.service.loaded;
  } catch (error) {
    await app.close();
    throw error;
  }
  announce(app);
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(process, 'SIGTERM', { signal }), once(process, 'SIGINT', { signal })]);
  stop.abort();
  await drain(app, config.drainSeconds);
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new Error(`Port ${port} on ${host} is in use; choose another with --port or PORT.`);
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new Error(`Cannot listen on ${host}:${port} (${code}).`);
    }
    throw error;
  }
}

function announce(app: FastifyInstance): void {
  const { address, port, family } = app.server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  const { model } = app.service.suggester.info();
  const sample = packageFile('examples/request.json');
  const data = existsSync(sample)
    ? `@${relative(process.cwd(), sample)}`
    : `'{"document":{"text":"…"}}'`;
  process.stdout.write(
    `Precis ${version} listens on ${url} (model ${model.name} ${model.version}).\n\nTry it:\n` +
      `  curl -s ${url}/v1/summaries -H 'content-type: application/json' -d ${data}\n\n`,
  );
}

/** Finishes the requests under way; gives up after a while, or at a second signal. */
async function drain(app: FastifyInstance, seconds: number): Promise<void> {
  const giveUp = () => process.exit(1);
  const deadline = setTimeout(giveUp, seconds * 1000);
  process.once('SIGTERM', giveUp).once('SIGINT', giveUp);
  await app.close();
  clearTimeout(deadline);
}
