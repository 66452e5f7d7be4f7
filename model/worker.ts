/**
 * Entry of a model worker thread: one tokenizer and one pair of ONNX Runtime sessions for its life.
 * ONNX Runtime's `run` blocks its thread for as long as it computes, hence the thread.
 */
import { workerData } from 'node:worker_threads';
import { bundleReader } from './described.js';
import { type Found, type Job, work } from './jobs.js';
import { Latch } from './latch.js';
import type { ThreadData, WorkerSetup } from './messages.js';
import { OrtSession } from './ort.js';
import { serve } from './serve.js';
import { loadTokenizer } from './tokenizer.js';

await serve<Job, Found>(async () => {
  const { setup, latch } = workerData as ThreadData<WorkerSetup>;
  const { bundle, ort } = setup;
  const tokenizer = await loadTokenizer(bundle.tokenizer);
  const session = await OrtSession.load(bundle, ort, new Latch(latch));
  const reader = bundleReader(bundle.manifest, bundle.gate, session, tokenizer);
  return {
    work: (job, signal) => work(reader, job, signal),
    release: () => session.release(),
  };
});
