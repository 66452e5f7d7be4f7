/** Entry of the worker that reads documents on this device. It tells nobody but its page. */
import { Unavailable } from '../../component/suggester.js';
import type { FromDevice, ToDevice } from './messages.js';
import { DeviceModel } from './model.js';

const send = (message: FromDevice) => postMessage(message);
const running = new Map<number, AbortController>();
let model: DeviceModel | undefined;

addEventListener('message', ({ data }: MessageEvent<ToDevice>) => {
  if (data.kind === 'load') void load(data);
  else if (data.kind === 'cancel') running.get(data.id)?.abort();
  else void suggest(data);
});

async function load({ service, key }: Extract<ToDevice, { kind: 'load' }>): Promise<void> {
  try {
    const onProgress = (progress: { loaded: number; total: number }) =>
      send({ kind: 'progress', progress });
    model = await DeviceModel.load({ service, key, onProgress });
    send({ kind: 'ready' });
  } catch (error) {
    const trouble = error instanceof Unavailable ? error.trouble : 'device';
    send({ kind: 'failed', trouble, message: sentenceOf(error) });
  }
}

async function suggest({ id, document, length }: Extract<ToDevice, { kind: 'suggest' }>) {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if (!model) throw new Error('no model was loaded');
    const { signal } = controller;
    send({ kind: 'answer', id, summary: await model.suggest(document, { length, signal }) });
  } catch (error) {
    if (!controller.signal.aborted) send({ kind: 'error', id, message: sentenceOf(error) });
  } finally {
    running.delete(id);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof Unavailable) return error.message;
  const why = error instanceof Error ? error.message : String(error);
  return `The model does not run in this browser (${why.slice(0, 200)}). Your text was not sent anywhere.`;
}
