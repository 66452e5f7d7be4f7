import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { announce } from './announce.js';
import { buildApp } from './app.js';
import { type Config, checkExposure, checkLimits } from './config/index.js';
import { claim, openDatabase } from './feedback/open.js';
import { readKeys } from './keys/file.js';
import { keysPath } from './keys/path.js';
import type { Suggester } from './suggester.js';
import { startTracing } from './tracing.js';

/** Listens, says so, and serves until a signal has drained it. SIGHUP loads the bundle again. */
export async function serve(
  config: Config,
  load: (bundle: string | undefined, options: { workers: number }) => Promise<Suggester>,
): Promise<void> {
  const keysFile = keysPath(config);
  checkExposure(config, (await readKeys(keysFile)).length > 0);
  const release = await claim(config);
  const endTracing = await startTracing();
  const loadModel = async () => {
    const suggester = await load(config.bundle, { workers: config.workers });
    try {
      checkLimits(config, suggester.info());
    } catch (error) {
      await suggester.close();
      throw error;
    }
    return suggester;
  };
  const app = await buildApp({
    ...config,
    keysFile,
    suggester: loadModel(),
    load: loadModel,
    log: process.stderr,
    openDatabase: (signal) => openDatabase(config, signal),
  });
  try {
    await listen(app, config);
    await app.service.loaded;
  } catch (error) {
    await app.close();
    throw error;
  }
  announce(app);
  const onHangUp = () => reload(app);
  process.on('SIGHUP', onHangUp);
  const stop = new AbortController();
  const { signal } = stop;
  await Promise.race([once(process, 'SIGTERM', { signal }), once(process, 'SIGINT', { signal })]);
  stop.abort();
  process.off('SIGHUP', onHangUp);
  await drain(app, config.drainSeconds);
  await endTracing();
  release();
}

function reload(app: FastifyInstance): void {
  app.service.reload().then(
    () => app.log.info({ model: app.service.suggester.info().model }, 'bundle loaded again'),
    (error: Error) => app.log.error({ err: error, reason: error.message }, 'reload failed'),
  );
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

/** Finishes the requests under way; gives up after a while, or at a second signal. */
async function drain(app: FastifyInstance, seconds: number): Promise<void> {
  const giveUp = () => process.exit(1);
  const deadline = setTimeout(giveUp, seconds * 1000);
  process.once('SIGTERM', giveUp).once('SIGINT', giveUp);
  await app.close();
  clearTimeout(deadline);
}
