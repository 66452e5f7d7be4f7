import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { NearCopies } from './duplicates/reserved.js';
import type { Judging } from './judging.js';
import { Output } from './output.js';
import { type Outputs, Placement, type Tier } from './place.js';
import { Figures, type Report } from './report/figures.js';
import { page } from './report/page.js';
import type { Done } from './resume/done.js';
import { spooled } from './spool.js';
import { Stopped } from './stopped.js';

const TIERS: Tier[] = ['clean', 'loose', 'prose', 'rejects'];

type Written = Pick<Done, 'rows' | 'clean' | 'loose' | 'prose' | 'reasons' | 'outputs'>;

/** Compares all rows, writes every output, and gives them their names when the last is complete. */
export async function writeOutputs(
  judging: Judging,
  identities: string[],
  reserved: NearCopies,
  out: string,
): Promise<Written> {
  const { seed, annotated } = judging;
  const outputs = Object.fromEntries(
    TIERS.map((tier) => [tier, new Output(join(out, `${tier}.jsonl.zst`))]),
  ) as Outputs;
  const all: Output[] = Object.values(outputs);
  try {
    const placement = new Placement(outputs, { seed, reserved });
    const figures = new Figures(seed);
    await placeAll(judging, identities, placement, figures);
    const report = figures.json(annotated);
    if (annotated) all.push(...(await annotated.write(out)));
    const texts: [string, string][] = [
      ['splits.json', `${JSON.stringify(placement.splits(), null, 2)}\n`],
      ['report.json', `${JSON.stringify(report, null, 2)}\n`],
      ['report.html', page(report)],
    ];
    const manifests: Done['outputs'] = {};
    for (const output of all) manifests[basename(output.path)] = await output.close();
    for (const [name, text] of texts) await writeFile(join(out, `${name}.part`), text);
    await publish(
      out,
      all,
      texts.map(([name]) => name),
    );
    return { ...countsOf(report), outputs: manifests };
  } catch (error) {
    for (const output of all) await output.abort();
    throw error;
  }
}

/** From here on the folder is this run's: DONE goes first, for it speaks of the files before. */
async function publish(out: string, outputs: Output[], names: string[]): Promise<void> {
  await rm(join(out, 'DONE'), { force: true });
  for (const output of outputs) await output.publish();
  for (const name of names) await rename(join(out, `${name}.part`), join(out, name));
}

async function placeAll(
  { files, spools, annotated, progress, signal }: Judging,
  identities: string[],
  placement: Placement,
  figures: Figures,
): Promise<void> {
  // Copies of annotated documents are told apart before any are compared with each other.
  const steps = ['reserving', 'comparing', 'writing'] as const;
  for (const step of annotated ? steps : steps.slice(1)) {
    const wanted = step === 'reserving' ? files.filter((file) => annotated?.ids(file).size) : files;
    progress.begin(
      step,
      wanted.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    for (const [index, file] of files.entries()) {
      const ids = annotated?.ids(file) ?? new Set<string>();
      if (step === 'reserving' && ids.size === 0) continue;
      let rows = 0;
      for await (const record of spooled(spools.path(identities[index] as string))) {
        if (signal?.aborted) throw new Stopped('stopped');
        rows++;
        if (step === 'reserving') annotated?.see(record, file, ids);
        else if (step === 'comparing') placement.see(record);
        else figures.add(record, file, await placement.place(record, file));
      }
      progress.add(file.bytes, rows);
    }
    if (step === 'comparing') placement.settle();
  }
}

function countsOf({ rows, tiers, funnel }: Report): Omit<Written, 'outputs'> {
  const { clean, loose, prose } = tiers;
  const reasons: Record<string, number> = { kept: clean };
  for (const { reason, dropped } of funnel) if (dropped > 0) reasons[reason] = dropped;
  return { rows, clean, loose, prose, reasons };
}
