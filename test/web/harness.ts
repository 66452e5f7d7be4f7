/** Runs in the page: the editor's own model, whose ids a test wants to see. */
import { manifestSchema } from '../../model/manifest.js';
import { DeviceModel } from '../../web/device/model.js';
import { drafted, type Golden } from './drafted.js';

const service = new URL('/', location.href).href;
const loading = DeviceModel.load({ service, key: '', onProgress: () => undefined });

async function draft(document: Golden) {
  const { reader } = await loading;
  const manifest = manifestSchema.parse(await (await fetch('/v1/model')).json());
  return drafted(reader, manifest, document);
}

export type Draft = typeof draft;
Object.assign(globalThis, { draft });
