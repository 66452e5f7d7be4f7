/**
 * Load and close again and again: `node --expose-gc dist/bench/soak.js [--cycles 1000] [--bundle
 * folder] [--out file.json]`. Writes the resident memory of the second tenth of the cycles and of the last; exits with
 * 1 when it grew by more than five percent.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPlain } from '../documents/index.js';
import { defaultBundle, Summarizer } from '../model/index.js';

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    cycles: { type: 'string', default: '1000' },
    out: { type: 'string' },
  },
});
const text =
  'Old relay logs are compressed after a week and deleted after 30 days. An open incident keeps them longer, and nobody has to do anything for that.';
const cycles = Number(values.cycles);
const resident: number[] = [];
for (let cycle = 0; cycle < cycles; cycle++) {
  const precis = await Summarizer.load(values.bundle, { threads: 1 });
  await precis.suggest(readPlain(text));
  await precis.close();
  globalThis.gc?.();
  resident.push(process.memoryUsage.rss());
}
const tenth = Math.max(1, Math.floor(cycles / 10));
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length / 2 ** 20;
const early = mean(resident.slice(tenth, 2 * tenth));
const late = mean(resident.slice(-tenth));
const growth = late / early - 1;
process.stdout.write(
  `${cycles} cycles: ${early.toFixed(1)} MiB early, ${late.toFixed(1)} MiB at the end, ${(100 * growth).toFixed(1)} %\n`,
);
if (values.out) {
  const tenths = Array.from({ length: 10 }, (_, n) =>
    Math.round(mean(resident.slice(n * tenth, (n + 1) * tenth))),
  );
  const found = {
    cycles,
    residentMiB: tenths,
    early: Math.round(early),
    late: Math.round(late),
    growth: Number(growth.toFixed(4)),
    command: `node --expose-gc dist/bench/soak.js --cycles ${cycles} --bundle ${values.bundle}`,
  };
  writeFileSync(values.out, `${JSON.stringify(found, null, 2)}\n`);
}
process.exitCode = growth > 0.05 ? 1 : 0;
