import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { relative } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageFile } from './package-file.js';
import { version } from './version.js';

/** Says on standard output where the service listens, and what to try. */
export function announce(app: FastifyInstance): void {
  const { address, port, family } = app.server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  const { model } = app.service.suggester.info();
  const sample = packageFile('examples/request.json');
  const data = existsSync(sample)
    ? `@${relative(process.cwd(), sample)}`
    : `'{"document":{"text":"…"}}'`;
  process.stdout.write(
    `Precis ${version} listens on ${url} (model ${model.name} ${model.version}; routes: ${url}/docs).\n\n` +
      `Try it:\n  curl -s ${url}/v1/summaries -H 'content-type: application/json' -d ${data}\n\n`,
  );
}
