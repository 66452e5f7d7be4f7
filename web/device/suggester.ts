import {
  type Document,
  type Suggester,
  type Summary,
  type Trouble,
  Unavailable,
} from '../../component/suggester.js';
import type { FromDevice, Progress, ToDevice } from './messages.js';

interface Waiting {
  resolve(summary: Summary): void;
  reject(error: Error): void;
}

export interface DeviceOptions {
  /** Address of the service that has the model's files, ending in a slash. */
  service: string;
  key(): string;
}

/**
 * Answers in this browser: what is asked goes to a worker and no further. The model is loaded when it is
 * first needed. Emits `change` when `state` or `progress` has changed.
 */
export class DeviceSuggester extends EventTarget implements Suggester {
  readonly place = 'device';
  state: 'idle' | 'loading' | 'ready' = 'idle';
  /** While loading; null before the size is known. */
  progress: Progress | null = null;

  #worker: Worker | undefined;
  #loading: Promise<Worker> | undefined;
  #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor(private readonly options: DeviceOptions) {
    super();
  }

  async suggest(document: Document, { signal }: { signal: AbortSignal }): Promise<Summary> {
    this.#loading ??= this.#load();
    const worker = await this.#loading;
    signal.throwIfAborted();
    const id = ++this.#count;
    const post = (message: ToDevice) => worker.postMessage(message);
    const cancel = () => {
      post({ kind: 'cancel', id });
      this.#take(id)?.reject(signal.reason);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<Summary>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        post({ kind: 'suggest', id, document, length: 'short' });
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Ends the worker; the next question loads the model again, from the browser's cache. */
  stop(): void {
    this.#end(new Unavailable('device', 'The model was stopped.'));
  }

  #load(): Promise<Worker> {
    this.#set('loading');
    return new Promise<Worker>((resolve, reject) => {
      const fail = (trouble: Trouble, message: string) => {
        const error = new Unavailable(trouble, message);
        reject(error);
        this.#end(error);
      };
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        type: 'module',
        name: 'precis-model',
      });
      this.#worker = worker;
      worker.addEventListener('error', () => {
        fail('device', 'The model’s program could not be loaded. Your text was not sent anywhere.');
      });
      worker.addEventListener('message', ({ data }: MessageEvent<FromDevice>) => {
        if (data.kind === 'progress') this.#set('loading', data.progress);
        else if (data.kind === 'failed') fail(data.trouble, data.message);
        else if (data.kind === 'answer') this.#take(data.id)?.resolve(data.summary);
        else if (data.kind === 'error')
          this.#take(data.id)?.reject(new Unavailable('device', data.message));
        else {
          this.#set('ready');
          resolve(worker);
        }
      });
      const { service, key } = this.options;
      worker.postMessage({ kind: 'load', service, key: key() } satisfies ToDevice);
    });
  }

  #end(error: Unavailable): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#loading = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#set('idle');
  }

  #take(id: number): Waiting | undefined {
    const found = this.#waiting.get(id);
    this.#waiting.delete(id);
    return found;
  }

  #set(state: DeviceSuggester['state'], progress: Progress | null = null): void {
    this.state = state;
    this.progress = progress;
    this.dispatchEvent(new Event('change'));
  }
}
