/**
 * `make fuzz`: requests generated from the OpenAPI document against the built service with the fake
 * model. No answer may be 5xx, and each has to match its schema. EXAMPLES: how many a route; SEED: of
 * an earlier run; RESULT: a file that is told how many requests were answered how, run after run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '../..');
const { EXAMPLES: examples = '20', RESULT: result } = process.env;
const { SEED: seed = String(Math.floor(Math.random() * 2 ** 31)) } = process.env;
const main = resolve(process.env.PRECIS_DIST ?? join(root, 'dist'), 'cli/main.js');
const data = mkdtempSync(join(tmpdir(), 'precis-fuzz-'));
const fake = join(root, 'test/cli/fake/register.mjs');
const service = spawn(process.execPath, ['--import', fake, main, 'serve', '--port', '0'], {
  // A busy machine is slow, and that is no finding: hence the patience, here and below.
  env: { ...process.env, PRECIS_DATA: data, LOG_LEVEL: 'error', PRECIS_DEADLINE_SECONDS: '300' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const end = (code) => {
  service.kill('SIGTERM');
  service.once('exit', () => {
    rmSync(data, { recursive: true, force: true });
    process.exit(code);
  });
};

/** Requests by route and status, as the service itself counted them. */
async function answered(url) {
  const figures = await (await fetch(`${url}/metrics`)).text();
  const line =
    /^precis_request_seconds_count\{route="(.+)",method="(.+)",status="(\d+)"\} (\d+)$/gm;
  const rows = [...figures.matchAll(line)]
    .map(([, route, method, status, count]) => ({ route, method, status, count: Number(count) }))
    .sort((a, b) =>
      `${a.route} ${a.method} ${a.status}`.localeCompare(`${b.route} ${b.method} ${b.status}`),
    );
  const count = (wanted) => rows.filter(wanted).reduce((sum, row) => sum + row.count, 0);
  return { requests: count(() => true), serverErrors: count(({ status }) => status >= 500), rows };
}

let said = '';
service.stdout.setEncoding('utf8').on('data', (text) => {
  said += text;
  const url = /listens on (http:\S+) /.exec(said)?.[1];
  if (!url) return;
  service.stdout.removeAllListeners('data').resume();
  const checks =
    'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance';
  const args = ['run', `${url}/openapi.json`, '-n', examples, '--checks', checks, '--seed', seed];
  args.push('--phases', 'examples,coverage,fuzzing', '--continue-on-failure');
  args.push('--generation-database', 'none', '--suppress-health-check', 'all');
  args.push('--request-timeout', '120');
  const fuzz = spawn(join(root, '.venv-fuzz/bin/schemathesis'), args, {
    env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: import.meta.dirname },
    cwd: tmpdir(),
    stdio: 'inherit',
  });
  fuzz.once('error', (error) => {
    process.stderr.write(`${error.message}: make .venv-fuzz/.installed\n`);
    end(1);
  });
  fuzz.once('exit', async (code) => {
    if (result) {
      const command = `make fuzz EXAMPLES=${examples} SEED=${seed}`;
      const run = { command, passed: code === 0, ...(await answered(url)) };
      const { runs = [] } = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : {};
      runs.push(run);
      const sum = (key) => runs.reduce((total, each) => total + each[key], 0);
      const all = { requests: sum('requests'), serverErrors: sum('serverErrors'), runs };
      writeFileSync(result, `${JSON.stringify(all, null, 2)}\n`);
    }
    end(code ?? 1);
  });
});
