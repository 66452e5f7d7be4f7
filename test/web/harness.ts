/** Runs in the page: the editor's own model, whose ids a test wants to see. */
import type { Mode, Prose } from '../../model/core/index.js';
import { sourceTokens, writeDraft } from '../../model/core/index.js';
import type { Manifest } from '../../model/manifest.js';
import { DeviceModel } from '../../web/device/model.js';

export interface Drafted {
  source: number[];
  written: number[];
}

let model: Promise<DeviceModel> | undefined;

async function draft(prose: Prose, mode: Mode, { decoding, limits }: Manifest): Promise<Drafted> {
  const service = new URL('/', location.href).href;
  model ??= DeviceModel.load({ service, key: '', onProgress: () => undefined });
  const { reader } = await model;
  const { tokenizer, special, sourceTokens: limit } = reader;
  const { candidates } = await writeDraft(reader, {
    prose,
    mode: special[mode],
    reading: { longDocuments: 'first', windows: 1 },
    decoding: { ...decoding, maxTokens: limits.targetTokens },
  });
  return {
    source: sourceTokens(prose, tokenizer, special, limit).ids,
    written: candidates[0]?.ids ?? [],
  };
}

export type Draft = typeof draft;
Object.assign(globalThis, { draft });
