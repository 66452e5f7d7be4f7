import autocannon from 'autocannon';
import { bodyOf, freshText } from './instance.js';

/** Latencies in milliseconds by status, and answers a second. */
export interface Load {
  byStatus: Map<number, number[]>;
  perSecond(status: number): number;
}

/** Asks for suggestions on fresh documents, as fast as the service answers or at a fixed rate. */
export async function load(
  url: string,
  { seconds, connections, rate }: { seconds: number; connections: number; rate?: number },
): Promise<Load> {
  const byStatus = new Map<number, number[]>();
  await new Promise<void>((resolve, reject) => {
    const options: autocannon.Options = {
      url: `${url}/v1/summaries`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      connections,
      duration: seconds,
      timeout: 60,
      ...(rate === undefined ? {} : { overallRate: Math.max(1, Math.round(rate)) }),
      requests: [{ setupRequest: (request) => ({ ...request, body: bodyOf(freshText()) }) }],
    };
    const instance = autocannon(options, (error) => (error ? reject(error) : resolve()));
    instance.on('response', (_, status, __, milliseconds) => {
      const known = byStatus.get(status) ?? [];
      byStatus.set(status, known);
      known.push(milliseconds);
    });
  });
  return { byStatus, perSecond: (status) => (byStatus.get(status)?.length ?? 0) / seconds };
}

/** A share of the values is below this one. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
