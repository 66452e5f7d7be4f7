/**
 * Milliseconds of processor time of the fastest of several runs after one to warm up: what the work costs,
 * whatever else the machine does meanwhile. Only for work of one thread, where this is the time it takes
 * on a machine that does nothing else.
 */
export async function fastest(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const started = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
