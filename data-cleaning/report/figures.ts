import type { Outcome, Tier } from '../place.js';
import type { Annotated } from '../reserve.js';
import { REWRITES } from '../rewrites.js';
import type { CorpusFile } from '../rows.js';
import type { Judged } from '../worker.js';
import { AXES, type Distribution, type Measure, Values } from './distribution.js';
import { type Example, Sample } from './examples.js';
import { type Precision, precisionOf } from './precision.js';
import type { Shape } from './shape.js';
import { type Stage, stages } from './stages.js';
import { Tally } from './tally.js';

const TEXT = 240;
const SUMMARY = 400;
const MEASURES = Object.keys(AXES) as Measure[];

export interface FunnelStage extends Stage {
  /** Rows that came this far, and those that ended here; of these, pairs that went to the loose tier. */
  entered: number;
  dropped: number;
  loose: number;
  examples: { dropped: Example[]; passed: Example[] };
}

export interface Group {
  name: string;
  rows: number;
  clean: number;
  loose: number;
  prose: number;
  reasons: Record<string, number>;
}

/** report.json. Nothing in it depends on the clock, the machine or the number of workers. */
export interface Report {
  format: 1;
  seed: number;
  files: number;
  rows: number;
  /** Rows in each output. */
  tiers: Record<Tier, number>;
  /** Sources with a clean pair, and the largest one's share of the clean pairs. */
  cleanSources: number;
  largest: { name: string; share: number } | null;
  funnel: FunnelStage[];
  rewrites: { name: string; description: string; changed: number }[];
  /** Raw summaries as they came, and those of the clean and loose pairs after the rewrites. */
  shapes: Record<'before' | 'clean' | 'loose', Record<Measure, Distribution>>;
  sources: Group[];
  licences: Group[];
  annotated: Record<string, Precision>;
}

/** Gathers the figures of a run, a row at a time; what it holds does not grow with the rows. */
export class Figures {
  private readonly stages = stages();
  private readonly place = new Map(this.stages.map(({ reason }, index) => [reason, index]));
  private readonly dropped = new Map<string, Sample>();
  private readonly passed = new Map<string, Sample>();
  private readonly reasons = new Tally();
  private readonly looseReasons = new Tally();
  private readonly tiers = new Tally();
  private readonly steps = new Tally();
  private readonly sources = new Groups();
  private readonly licences = new Groups();
  private readonly shapes = { before: new Shapes(), clean: new Shapes(), loose: new Shapes() };
  private readonly files = new Set<string>();
  private rows = 0;

  constructor(private readonly seed: number) {}

  add(record: Judged, file: CorpusFile, outcome: Outcome): void {
    const { source, license } = record.row;
    const { reason, tiers } = outcome;
    this.rows++;
    this.files.add(`${file.group}/${file.file}`);
    this.reasons.add(reason);
    for (const tier of tiers) this.tiers.add(tier);
    if (tiers.includes('loose')) this.looseReasons.add(reason);
    for (const step of record.steps ?? []) this.steps.add(step);
    this.sources.add(source || file.file, outcome);
    this.licences.add(license || 'not stated', outcome);
    if (record.shapes) {
      this.shapes.before.add(record.shapes.raw);
      if (tiers.includes('clean')) this.shapes.clean.add(record.shapes.rewritten);
      if (tiers.includes('loose')) this.shapes.loose.add(record.shapes.rewritten);
    }
    this.draw(record, file, outcome);
  }

  json(annotated: Annotated | undefined): Report {
    const sources = this.sources.json();
    const clean = this.tiers.get('clean');
    const top = sources.reduce<Group | undefined>(
      (best, one) => (one.clean > (best?.clean ?? 0) ? one : best),
      undefined,
    );
    return {
      format: 1,
      seed: this.seed,
      files: this.files.size,
      rows: this.rows,
      tiers: {
        clean,
        loose: this.tiers.get('loose'),
        prose: this.tiers.get('prose'),
        rejects: this.tiers.get('rejects'),
      },
      cleanSources: sources.filter((one) => one.clean > 0).length,
      largest: top
        ? { name: top.name, share: Math.round((1000 * top.clean) / clean) / 1000 }
        : null,
      funnel: this.funnel(),
      rewrites: REWRITES.map(({ name, description }) => {
        return { name, description, changed: this.steps.get(name) };
      }),
      shapes: {
        before: this.shapes.before.json(),
        clean: this.shapes.clean.json(),
        loose: this.shapes.loose.json(),
      },
      sources,
      licences: this.licences.json(),
      annotated: annotated ? precisionOf(annotated) : {},
    };
  }

  private funnel(): FunnelStage[] {
    let entered = this.rows;
    return this.stages.map((stage) => {
      const { reason } = stage;
      const dropped = this.reasons.get(reason);
      const examples = {
        dropped: this.dropped.get(reason)?.json() ?? [],
        passed: this.passed.get(reason)?.json() ?? [],
      };
      const loose = this.looseReasons.get(reason);
      const result = { ...stage, entered, dropped, loose, examples };
      entered -= dropped;
      return result;
    });
  }

  /** Offers the row to the sample of the stage that dropped it, and of those that it passed. */
  private draw(record: Judged, { group, file }: CorpusFile, { reason, evidence }: Outcome): void {
    const { row, title, text, summary, rawSummary } = record;
    const make = (): Example => {
      const name = `${group}/${file}`;
      const start = text.slice(0, TEXT).replaceAll('\n', ' ');
      const shown = (rawSummary ?? summary).slice(0, SUMMARY);
      return { id: row.id, file: name, title, summary: shown, text: start, reason, evidence };
    };
    const key = `${group}/${file}/${row.id}`;
    const end = this.place.get(reason) ?? this.stages.length;
    if (end < this.stages.length) sample(this.dropped, reason, this.seed).offer(key, make);
    for (const [index, stage] of this.stages.entries()) {
      if (index >= end || stage.kind === 'reading') continue;
      sample(this.passed, stage.reason, this.seed).offer(key, make);
    }
  }
}

function sample(samples: Map<string, Sample>, kind: string, seed: number): Sample {
  const found = samples.get(kind) ?? new Sample(seed, kind);
  samples.set(kind, found);
  return found;
}

class Shapes {
  private readonly values = MEASURES.map((measure) => [measure, new Values()] as const);

  add(shape: Shape): void {
    for (const [measure, values] of this.values) values.add(shape[measure]);
  }

  json(): Record<Measure, Distribution> {
    return Object.fromEntries(
      this.values.map(([measure, values]) => [measure, values.json(AXES[measure])]),
    ) as Record<Measure, Distribution>;
  }
}

/** Rows by source or licence, most rows first. */
class Groups {
  private readonly groups = new Map<string, { tiers: Tally; reasons: Tally; rows: number }>();

  add(name: string, { reason, tiers }: Outcome): void {
    const found = this.groups.get(name) ?? { tiers: new Tally(), reasons: new Tally(), rows: 0 };
    found.rows++;
    found.reasons.add(reason);
    for (const tier of tiers) found.tiers.add(tier);
    this.groups.set(name, found);
  }

  json(): Group[] {
    return [...this.groups]
      .map(([name, { tiers, reasons, rows }]) => {
        const [clean, loose, prose] = [tiers.get('clean'), tiers.get('loose'), tiers.get('prose')];
        return { name, rows, clean, loose, prose, reasons: reasons.json() };
      })
      .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1));
  }
}
