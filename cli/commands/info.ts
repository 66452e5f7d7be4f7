import { createRequire } from 'node:module';
import { fileFormats, LIMITS } from '../../documents/index.js';
import { defaultBundle } from '../../model/place.js';
import { version } from '../../server/version.js';
import { settingsFiles } from '../defaults.js';
import { exit } from '../exit.js';
import { withModel } from '../load.js';

/** Versions, model, how it runs, and what may be read. */
export async function info(flags: { json?: true; bundle?: string }): Promise<number> {
  const loaded = await withModel(flags.bundle, {}, async (suggester) => suggester.info());
  const { model, types } = loaded;
  const runtime = loaded.runtime as { workers: number; threads?: number; providers?: string[] };
  const all = {
    version,
    node: process.versions.node,
    onnxruntime: onnxVersion(),
    model,
    bundle: flags.bundle || defaultBundle,
    types,
    runtime,
    formats: fileFormats,
    limits: { ...LIMITS, sourceTokens: model.limits.sourceTokens },
    settings: settingsFiles(),
  };
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return exit.done;
  }
  const MB = 1024 * 1024;
  const rows = [
    ['precis', `${version} (Node ${all.node}, ONNX Runtime ${all.onnxruntime})`],
    ['model', `${model.name} ${model.version} (${model.created}, ${model.licence})`],
    ['bundle', all.bundle],
    ['writes', Object.entries(types).map(([type, lengths]) => `${type} (${lengths.join(', ')})`)],
    ['reads', `${model.languages.join(', ')}; up to ${model.limits.sourceTokens} tokens`],
    ['formats', fileFormats.join(', ')],
    [
      'limits',
      `${LIMITS.bytes / MB} MB a file, ${LIMITS.pages} pages, ${LIMITS.milliseconds / 1000} s, ${LIMITS.memoryBytes / MB} MB memory`,
    ],
    [
      'runs on',
      `${(runtime.providers ?? ['cpu']).join(', ')}; ${runtime.threads ?? 1} threads a worker`,
    ],
    ...(all.settings.length > 0 ? [['settings', all.settings.join(', ')] as const] : []),
  ] as const;
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(9)}${String(value)}\n`);
  return exit.done;
}

function onnxVersion(): string {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as {
    version: string;
  };
  return version;
}
