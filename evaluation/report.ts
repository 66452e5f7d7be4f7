import { type Agreement, agreement } from './figures/agreement.js';
import { forecasts, judgedChoices, likenessChoices } from './figures/choices.js';
import { type Groups, groups } from './figures/groups.js';
import { type Selection, selection } from './figures/selection.js';
import { type Suitability, suitability } from './figures/suitability.js';
import { type SystemFigures, systemFigures } from './figures/system.js';
import type { Answer } from './rows/answer.js';
import type { EvaluationDocument, Length } from './rows/document.js';
import { Judgments } from './rows/judgment.js';
import type { Estimate } from './statistics/bootstrap.js';
import { type Bin, eceWithInterval, type Forecast, reliability } from './statistics/reliability.js';
import { type Share, share } from './statistics/share.js';
import { type Measured, measure, plainThreshold, systems } from './systems.js';

export interface Calibration {
  forecasts: number;
  /** Against `accept` alone, and against `accept` or `edit`. */
  ece: Estimate | null;
  eceUsable: Estimate | null;
  bins: Bin[];
  binsUsable: Bin[];
}

export interface LengthReport {
  answered: number;
  shown: Share | null;
  systems: SystemFigures[];
  /** By judgments; null with fewer than ten. */
  acceptable: Selection | null;
  usable: Selection | null;
  /** By likeness to the reference, over all documents. */
  likeness: Selection | null;
  calibration: Calibration;
  groups: Groups;
  suitability: Suitability;
  /** Judged texts that this bundle does not write any more: they count for nothing here. */
  staleJudgments: number;
}

/** `docs/results/evaluation-SPLIT.json`. */
export interface Report {
  format: 1;
  split: string;
  model: { name: string; version: string } | null;
  documents: { suitable: number; unsuitable: number };
  judgments: number;
  lengths: Partial<Record<Length, LengthReport>>;
  agreement: Agreement | null;
}

export interface Given {
  split: string;
  documents: readonly EvaluationDocument[];
  answers: Partial<Record<Length, ReadonlyMap<string, Answer>>>;
  judgments: Judgments;
  rejudgments: Judgments;
  teacher: Partial<Record<Length, ReadonlyMap<string, string>>>;
}

export function report(given: Given): Report {
  const { split, documents, judgments } = given;
  const lengths: Report['lengths'] = {};
  let model: Report['model'] = null;
  for (const [length, answers] of Object.entries(given.answers) as [
    Length,
    Map<string, Answer>,
  ][]) {
    lengths[length] = lengthReport(length, answers, given);
    model = answers.values().next().value?.model ?? model;
  }
  const suitable = documents.filter((document) => document.suitable).length;
  return {
    format: 1,
    split,
    model,
    documents: { suitable, unsuitable: documents.length - suitable },
    judgments: judgments.rows.length,
    lengths,
    agreement: agreement(judgments.rows, given.rejudgments.rows),
  };
}

function lengthReport(
  length: Length,
  answers: ReadonlyMap<string, Answer>,
  { documents, judgments, teacher }: Given,
): LengthReport {
  const answered = documents.filter(({ id }) => answers.has(id));
  const good = answered.filter(({ suitable }) => suitable);
  const byName = new Map<string, Measured[]>();
  const all = systems(length, answers, plainThreshold(good, answers), teacher[length]);
  for (const [name, system] of all) {
    byName.set(name, measure(name, system, good, length, judgments));
  }
  const index = (name: string) =>
    new Map((byName.get(name) ?? []).map((one) => [one.document.id, one]));
  const [student, leads] = [index('student, ungated'), index('lead-1')];
  const choose = (target: 'acceptable' | 'usable') =>
    selection(judgedChoices(good, answers, judgments, target));
  const said = forecasts(good, answers, judgments, 'acceptable');
  const saidUsable = forecasts(good, answers, judgments, 'usable');
  return {
    answered: answered.length,
    shown: share(good.filter(({ id }) => answers.get(id)?.shown).length, good.length),
    systems: [...byName].map(([name, measured]) => systemFigures(name, measured, leads)),
    acceptable: choose('acceptable'),
    usable: choose('usable'),
    likeness: selection(likenessChoices([...student.values()], answers)),
    calibration: calibration(said, saidUsable),
    groups: groups(good, answers, student, leads, judgments),
    suitability: suitability(answered, answers),
    staleJudgments: judgments.stale(length, (id) => answers.get(id)?.text ?? null),
  };
}

function calibration(said: readonly Forecast[], usable: readonly Forecast[]): Calibration {
  return {
    forecasts: said.length,
    ece: eceWithInterval(said),
    eceUsable: eceWithInterval(usable),
    bins: reliability(said),
    binsUsable: reliability(usable),
  };
}

export const noJudgments = new Judgments([]);
