import type { Service } from './instance.js';
import { saturate } from './load.js';
import type { Row } from './rows.js';

const MB = 1024 * 1024;

/** Whether memory grows under load: after so many minutes against after the first one. */
export async function resident(service: Service, { minutes }: { minutes: number }): Promise<Row[]> {
  const first = Math.min(1, minutes / 2);
  const before = await saturate(service.url, { seconds: 60 * first, connections: 8 });
  const early = await service.resident();
  const after = await saturate(service.url, { seconds: 60 * (minutes - first), connections: 8 });
  const late = await service.resident();
  const answers = [before, after].map(({ byStatus }) => byStatus.get(200)?.length ?? 0);
  return [
    {
      name: `resident memory after ${minutes} minutes / 1 minute`,
      value: late / early,
      goal: '≤1.1',
      note: `${(early / MB).toFixed(0)} MB after ${answers[0]} answers, ${(late / MB).toFixed(0)} MB after ${answers[1]} more`,
    },
  ];
}
