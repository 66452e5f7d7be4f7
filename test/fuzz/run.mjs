/**
 * `make fuzz`: requests generated from the OpenAPI document against the built service with the fake
 * model. No answer may be 5xx, and each has to match its schema. EXAMPLES: how many a route.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const examples = process.env.EXAMPLES ?? '20';
const data = mkdtempSync(join(tmpdir(), 'precis-fuzz-'));
const fake = join(root, 'test/cli/fake/register.mjs');
const service = spawn(
  process.execPath,
  ['--import', fake, join(root, 'dist/cli/main.js'), 'serve', '--port', '0'],
  {
    env: { ...process.env, PRECIS_DATA: data, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const end = (code) => {
  service.kill('SIGTERM');
  service.once('exit', () => {
    rmSync(data, { recursive: true, force: true });
    process.exit(code);
  });
};
let said = '';
service.stdout.setEncoding('utf8').on('data', (text) => {
  said += text;
  const url = /listens on (http:\S+) /.exec(said)?.[1];
  if (!url) return;
  service.stdout.removeAllListeners('data').resume();
  const checks =
    'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance';
  const args = ['run', `${url}/openapi.json`, '-n', examples, '--checks', checks];
  args.push('--phases', 'examples,coverage,fuzzing', '--continue-on-failure');
  args.push('--generation-database', 'none', '--suppress-health-check', 'all');
  const fuzz = spawn(join(root, '.venv-fuzz/bin/schemathesis'), args, {
    env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: import.meta.dirname },
    cwd: tmpdir(),
    stdio: 'inherit',
  });
  fuzz.once('error', (error) => {
    process.stderr.write(`${error.message}: make .venv-fuzz/.installed\n`);
    end(1);
  });
  fuzz.once('exit', (code) => end(code ?? 1));
});
