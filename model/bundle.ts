import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { GateWeights } from './core/index.js';
import { BundleError } from './errors.js';
import { GATE_FILE, readGate } from './gate-file.js';
import { FORMAT, type Manifest, manifestSchema } from './manifest.js';

/** A verified bundle: every file the manifest lists is there with the stated bytes. */
export interface Bundle {
  /** Absolute path of the folder. */
  path: string;
  manifest: Manifest;
  encoder: string;
  decoder: string;
  tokenizer: string;
  /** What the gate learned; undefined for a bundle without `gate.json`. */
  gate: GateWeights | undefined;
}

const RESTORE =
  'Restore it (git checkout -- model/bundle) or export the bundle again (python -m distill export)';

/**
 * Reads and verifies a bundle (`docs/bundle.md`).
 *
 * @throws BundleError naming the file that is missing, damaged or of another version.
 */
export async function loadBundle(folder: string): Promise<Bundle> {
  const path = resolve(folder);
  const manifest = await readManifest(join(path, 'manifest.json'));
  const required = ['encoder.onnx', 'decoder.onnx', manifest.tokenizer.file];
  for (const name of required) {
    if (!Object.hasOwn(manifest.files, name)) {
      throw new BundleError(join(path, 'manifest.json'), `files does not list ${name}`, RESTORE);
    }
  }
  await Promise.all(
    Object.entries(manifest.files).map(([name, expected]) => verifyFile(path, name, expected)),
  );
  const encoder = manifest.files['encoder.onnx']?.sha256 ?? '';
  const gate = Object.hasOwn(manifest.files, GATE_FILE)
    ? await readGate(join(path, GATE_FILE), encoder, manifest.architecture.width)
    : undefined;
  return {
    path,
    manifest,
    gate,
    encoder: join(path, 'encoder.onnx'),
    decoder: join(path, 'decoder.onnx'),
    tokenizer: join(path, manifest.tokenizer.file),
  };
}

async function readManifest(file: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new BundleError(
      file,
      `cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      'Give the folder of a bundle, or export one (python -m distill export)',
      { cause },
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BundleError(file, 'is not JSON', RESTORE, { cause });
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== FORMAT) {
    throw new BundleError(
      file,
      `has format ${format}, this version of precis reads ${FORMAT}`,
      format > FORMAT ? 'Update precis' : 'Export the bundle again (python -m distill export)',
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  throw new BundleError(file, `is not a manifest: ${problem}`, RESTORE);
}

async function verifyFile(
  folder: string,
  name: string,
  expected: { sha256: string; bytes: number },
): Promise<void> {
  const file = join(folder, name);
  if (!/^[\w][\w.-]*$/.test(name)) {
    throw new BundleError(join(folder, 'manifest.json'), `lists ${JSON.stringify(name)}`, RESTORE);
  }
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) throw new BundleError(file, 'is missing', RESTORE);
  if (size !== expected.bytes) {
    throw new BundleError(file, `has ${size} bytes instead of ${expected.bytes}`, RESTORE);
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') !== expected.sha256) {
    throw new BundleError(file, 'is damaged: its sha256 is not the one in the manifest', RESTORE);
  }
}
