/**
 * Entry of a model worker thread: one tokenizer and one pair of ONNX Runtime sessions for its life.
 * ONNX Runtime's `run` blocks its thread for as long as it computes, hence the thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { toMessage } from './errors.js';
import { type Found, type Job, work } from './jobs.js';
import { Latch } from './latch.js';
import type { FromWorker, ThreadData, ToWorker, WorkerSetup } from './messages.js';
import { OrtSession } from './ort.js';
import { loadTokenizer } from './tokenizer.js';

const port = parentPort;
if (!port) throw new Error('model/worker.js runs in a worker thread only');
const send = (message: FromWorker<Found>) => port.postMessage(message);
const { setup, latch } = workerData as ThreadData<WorkerSetup>;
const { bundle, ort } = setup;

try {
  const tokenizer = await loadTokenizer(bundle.tokenizer);
  const session = await OrtSession.load(bundle, ort, new Latch(latch));
  const { tokens: special, limits } = bundle.manifest;
  const reader = { session, tokenizer, special, sourceTokens: limits.sourceTokens };
  const running = new Map<number, AbortController>();

  const answer = async (id: number, job: Job) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      send({ kind: 'done', id, result: await work(reader, job, controller.signal) });
    } catch (error) {
      send({ kind: 'error', id, error: toMessage(error) });
    } finally {
      running.delete(id);
    }
  };

  port.on('message', (message: ToWorker<Job>) => {
    if (message.kind === 'job') void answer(message.id, message.job);
    else if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void session.release().finally(() => port.close());
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'failed', error: toMessage(error) });
  port.close();
}
