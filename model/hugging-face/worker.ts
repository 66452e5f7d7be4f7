/** Entry of a worker thread for a Hugging Face model; speaks as `model/worker.ts` does. */
import { workerData } from 'node:worker_threads';
import type { Found, Job } from '../jobs.js';
import { Latch } from '../latch.js';
import type { ThreadData } from '../messages.js';
import type { OrtOptions } from '../ort.js';
import { serve } from '../serve.js';
import type { HuggingFaceFolder } from './folder.js';

/** What the thread is started with. */
export interface HuggingFaceSetup {
  folder: HuggingFaceFolder;
  ort: OrtOptions;
}

await serve<Job, Found>(async () => {
  const { setup, latch } = workerData as ThreadData<HuggingFaceSetup>;
  const { HuggingFaceWriter } = await import('./writer.js');
  const writer = await HuggingFaceWriter.load(setup.folder, setup.ort, new Latch(latch));
  return {
    work: async (job, signal) => {
      if (job.kind !== 'write') throw new Error(`${job.kind} is not for this model`);
      return { kind: 'write', draft: await writer.write(job, signal) };
    },
    release: () => writer.release(),
  };
});
