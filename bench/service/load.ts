import autocannon from 'autocannon';
import { bodyOf, freshText } from './instance.js';

/** What came back within the time of a load. */
export interface Load {
  /** Milliseconds to the answer, by status. */
  byStatus: Map<number, number[]>;
  perSecond(status: number): number;
}

const headers = { 'content-type': 'application/json' };

/** As fast as the service answers: each connection asks for the next document when it has its answer. */
export async function saturate(
  url: string,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Load> {
  const { load, note } = collector(seconds);
  await new Promise<void>((resolve, reject) => {
    const options: autocannon.Options = {
      url: `${url}/v1/summaries`,
      method: 'POST',
      headers,
      connections,
      duration: seconds,
      timeout: 60,
      requests: [{ setupRequest: (request) => ({ ...request, body: bodyOf(freshText()) }) }],
    };
    const instance = autocannon(options, (error) => (error ? reject(error) : resolve()));
    instance.on('response', (_, status, __, milliseconds) => note(status, milliseconds));
  });
  return load;
}

/**
 * At even intervals, whether answers come or not. autocannon cannot: its connections wait for their
 * answers, and it has no more of them than requests a second, so that a full queue is never reached.
 */
export async function arrive(
  url: string,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<Load> {
  const { load, note } = collector(seconds);
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let i = 0; i < seconds * perSecond; i++) {
    const due = began + (i * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const body = bodyOf(freshText());
    const asked = performance.now();
    const ask = async () => {
      const response = await fetch(`${url}/v1/summaries`, { method: 'POST', headers, body });
      await response.arrayBuffer();
      note(response.status, performance.now() - asked);
    };
    under.push(ask());
  }
  await Promise.all(under);
  return load;
}

/** Latencies of all answers; the rate counts those within the time, not what was still in the queue. */
function collector(seconds: number) {
  const began = performance.now();
  const byStatus = new Map<number, number[]>();
  const inTime = new Map<number, number>();
  const note = (status: number, milliseconds: number) => {
    const known = byStatus.get(status) ?? [];
    byStatus.set(status, known);
    known.push(milliseconds);
    if (performance.now() - began > seconds * 1000) return;
    inTime.set(status, (inTime.get(status) ?? 0) + 1);
  };
  const load: Load = {
    byStatus,
    perSecond: (status) => (inTime.get(status) ?? 0) / seconds,
  };
  return { load, note };
}

/** A share of the values is below this one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
