import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two looks: the kernel keeps each process's peak, so none is missed for long. */
const EVERY = 200;

/** Watches how much memory this process and its children hold at most, in MiB (Linux). */
export function watchMemory() {
  let own = 0;
  let child = 0;
  const look = () => {
    own = Math.max(own, process.memoryUsage.rss() / 2 ** 20);
    for (const pid of children()) child = Math.max(child, peakOf(pid));
  };
  const timer = setInterval(look, EVERY).unref();
  return {
    /** The peaks since the last call. */
    take() {
      look();
      const peaks = { own: Math.round(own), child: Math.round(child) };
      own = 0;
      child = 0;
      return peaks;
    },
    stop: () => clearInterval(timer),
  };
}

function children(): string[] {
  const tasks = `/proc/${process.pid}/task`;
  return readdirSync(tasks).flatMap((task) => {
    return readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean);
  });
}

/** Peak resident memory of a process in MiB; 0 when it is gone. */
export function peakOf(pid: number | string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // One that has ended and was not waited for has no memory.
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
