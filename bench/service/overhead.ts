import { readPlain } from '../../documents/index.js';
import { Summarizer } from '../../model/index.js';
import { bodyOf, freshText, type Service } from './instance.js';
import { quantile } from './load.js';
import type { Row } from './rows.js';

/** What HTTP and the queue add to a document, and what an answer from the cache costs, on idle service. */
export async function overhead(
  service: Service,
  { bundle, rounds }: { bundle: string; rounds: number },
): Promise<Row[]> {
  const bare = await Summarizer.load(bundle);
  const direct = async (text: string) => void (await bare.suggest(readPlain(text)));
  const http = async (text: string) => {
    const response = await fetch(`${service.url}/v1/summaries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bodyOf(text),
    });
    await response.arrayBuffer();
  };
  const [alone, miss, hit, extra]: number[][] = [[], [], [], []];
  for (let i = -2; i < rounds; i++) {
    const text = freshText();
    // In turns, each first as often: what slows the machine slows both.
    const first = i % 2 === 0 ? await timed(() => direct(text)) : undefined;
    const asked = await timed(() => http(text));
    const bareTime = first ?? (await timed(() => direct(text)));
    const again = await timed(() => http(text));
    if (i < 0) continue;
    alone?.push(bareTime);
    miss?.push(asked);
    hit?.push(again);
    extra?.push(asked - bareTime);
  }
  await bare.close();
  const [own, whole, cached, more] = [alone, miss, hit, extra].map((all) =>
    quantile(all ?? [], 0.5),
  ) as [number, number, number, number];
  const note = `${rounds} documents of 500 words; medians: bare ${own.toFixed(0)} ms, over HTTP ${whole.toFixed(0)} ms, difference of a pair ${more.toFixed(1)} ms, cached ${cached.toFixed(1)} ms`;
  return [
    { name: 'HTTP and queue over a bare suggest, share', value: more / own, goal: '≤0.05', note },
    { name: 'cache hit latency / miss', value: cached / whole, goal: '≤0.02', note },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
