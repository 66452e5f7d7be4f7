import { spawnSync } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import zlib from 'node:zlib';
import { readDocument } from '../../documents/index.js';
import { defaultBundle } from '../../model/place.js';
import { readConfig } from '../../server/config/index.js';
import { settingsFiles } from '../defaults.js';
import { describeError } from '../failure.js';
import { load } from '../load.js';
import { type Check, fault, note, ok } from './check.js';

const MB = 1024 * 1024;
const [MAJOR, MINOR] = [20, 19];

const node: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const name = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return ok(name);
  return fault(`${name} is too old`, `Install Node ${MAJOR}.${MINOR} or newer.`);
};

const runtime: Check = async () => {
  try {
    await import('onnxruntime-node');
    return ok('ONNX Runtime loads');
  } catch (error) {
    const musl = /musl|ld-linux/.test(String(error));
    return fault(
      `ONNX Runtime does not load: ${describeError(error)}`,
      musl
        ? 'It needs glibc: use a Debian, Ubuntu or Fedora image instead of Alpine.'
        : 'Run ONNXRUNTIME_NODE_INSTALL=skip npm ci again.',
    );
  }
};

const TEXT =
  'The harbour office has replaced the float gauge at the old pier. The new gauge measures the water level every six minutes and publishes its readings. It cost 18,000 euros, which the harbour office paid. The old gauge stuck in frost and missed both storm surges of last winter. The yacht club looks after the new one.';

/** Loads the model and has it read a document, as a user would. */
export const model =
  (bundle: string | undefined): Check =>
  async () => {
    const path = bundle || defaultBundle;
    try {
      const suggester = await load(bundle);
      try {
        const document = await readDocument(Buffer.from(TEXT), { name: 'probe.txt' });
        const began = performance.now();
        const { reason } = await suggester.suggest(document, { minConfidence: 0 });
        const took = Math.round(performance.now() - began);
        const { name, version } = suggester.info().model;
        const said = reason ? `nothing (${reason})` : 'a sentence';
        return ok(`model ${name} ${version} in ${path} wrote ${said} in ${took} ms`);
      } finally {
        await suggester.close();
      }
    } catch (error) {
      return fault(
        describeError(error),
        'Restore the folder (git checkout model/bundle, or reinstall), or name another with --bundle.',
      );
    }
  };

const parsers: Check = async () => {
  const page = Buffer.from('<!doctype html><title>Probe</title><p>One sentence to be read.</p>');
  try {
    await readDocument(page);
    return ok('files are parsed in a process of their own');
  } catch (error) {
    return fault(
      `no process for parsing files can be started: ${describeError(error)}`,
      'Raise the limit of processes (ulimit -u), or run npm run build again.',
    );
  }
};

const zstd: Check = async () => {
  if ('createZstdDecompress' in zlib) return ok('zstd is in Node');
  if (spawnSync('zstd', ['--version']).status === 0) return ok('the program zstd is there');
  return note(
    '.zst files cannot be read',
    'Install zstd (apt-get install zstd), or use Node 22.15.',
  );
};

const memory: Check = async () => {
  const free = Math.round(freemem() / MB);
  const what = `${availableParallelism()} cores, ${free} of ${Math.round(totalmem() / MB)} MB memory free`;
  return free > 500
    ? ok(what)
    : note(what, 'The model needs some 300 MB, each further worker 150.');
};

const data: Check = async () => {
  const config = readConfig({});
  if (config.databaseUrl) return ok('feedback goes to the server in DATABASE_URL');
  try {
    await mkdir(config.data, { recursive: true });
    await access(config.data, constants.W_OK);
    return ok(`feedback and keys lie in ${config.data}`);
  } catch (error) {
    return fault(
      `${config.data} cannot be written: ${describeError(error)}`,
      'Name another folder in PRECIS_DATA, or a server in DATABASE_URL.',
    );
  }
};

const settings: Check = async () => {
  const files = settingsFiles();
  return ok(files.length > 0 ? `settings from ${files.join(', ')}` : 'no settings file');
};

export const checks = (bundle: string | undefined): Check[] => [
  node,
  memory,
  runtime,
  model(bundle),
  parsers,
  zstd,
  data,
  settings,
];
