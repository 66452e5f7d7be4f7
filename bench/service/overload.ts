import type { Service } from './instance.js';
import { arrive, quantile, saturate } from './load.js';
import type { Row } from './rows.js';

/** How it answers when it has as much to do as it can, and four times as much. */
export async function overload({ url }: Service, { seconds }: { seconds: number }): Promise<Row[]> {
  // Four at once keep every worker busy and the queue short.
  const full = (await saturate(url, { seconds, connections: 4 })).perSecond(200);
  const busy = await arrive(url, { seconds, perSecond: 0.8 * full });
  const latencies = busy.byStatus.get(200) ?? [];
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  const over = await arrive(url, { seconds, perSecond: 4 * full });
  const refused = over.byStatus.get(429) ?? [];
  const statuses = [...over.byStatus].map(([status, all]) => `${all.length} of ${status}`);
  const rate = `saturated ${full.toFixed(2)} a second`;
  return [
    {
      name: 'p99 / p50 at 80 % of saturation',
      value: p99 / p50,
      goal: '≤3',
      note: `${rate}; ${latencies.length} answers at even intervals, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    },
    {
      name: '429 at four times saturation, p99 milliseconds',
      value: quantile(refused, 0.99),
      goal: '≤50',
      note: `${rate}; ${statuses.join(', ')}; p50 ${quantile(refused, 0.5).toFixed(1)} ms`,
    },
    {
      name: 'goodput at four times saturation / saturation',
      value: over.perSecond(200) / full,
      goal: '≥0.9',
      note: `${rate}; ${statuses.join(', ')}`,
    },
  ];
}
