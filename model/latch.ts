const BUSY = 0;
const SHUT = 1;

/**
 * Keeps a thread from being ended while it is inside native code. ONNX Runtime's binding aborts the
 * whole process when its thread ends under it ("terminate called after throwing an instance of
 * 'Napi::Error'"), be it by `worker.terminate()` or by `process.exit()`.
 *
 * The thread passes `through` the latch for every native call; whoever wants to end it `shut`s the
 * latch first, which waits for the call in progress and lets no other begin.
 */
export class Latch {
  private readonly cells: Int32Array;

  constructor(readonly shared: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.cells = new Int32Array(shared);
  }

  /** In the thread: does native work, or stands still for good when the latch was shut. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    Atomics.store(this.cells, BUSY, 1);
    try {
      this.stand();
      return await work();
    } finally {
      this.leave();
      this.stand();
    }
  }

  /**
   * Outside: blocks until the thread is out of native code, at most `patience` milliseconds.
   *
   * @returns whether the thread may be ended safely.
   */
  shut(patience: number): boolean {
    Atomics.store(this.cells, SHUT, 1);
    return (
      Atomics.load(this.cells, BUSY) === 0 ||
      Atomics.wait(this.cells, BUSY, 1, patience) !== 'timed-out'
    );
  }

  private stand(): void {
    if (Atomics.load(this.cells, SHUT) === 0) return;
    this.leave();
    Atomics.wait(this.cells, SHUT, 1);
  }

  private leave(): void {
    Atomics.store(this.cells, BUSY, 0);
    Atomics.notify(this.cells, BUSY);
  }
}

const open = new Set<Latch>();
/** A native call takes well under a second; the process must end even if one does not. */
const EXIT_PATIENCE = 3000;

/** Shuts the latch when the process exits, until the returned function is called. */
export function shutAtExit(latch: Latch): () => void {
  if (open.size === 0) process.on('exit', shutAll);
  open.add(latch);
  return () => {
    open.delete(latch);
    if (open.size === 0) process.off('exit', shutAll);
  };
}

function shutAll(): void {
  for (const latch of open) latch.shut(EXIT_PATIENCE);
}
