import { type Answer, refusedByRule } from '../rows/answer.js';
import type { EvaluationDocument } from '../rows/document.js';
import type { Judgments } from '../rows/judgment.js';
import type { Forecast } from '../statistics/reliability.js';
import type { Measured } from '../systems.js';
import type { Choice } from './selection.js';

/** Which verdicts count as right. */
export type Target = 'acceptable' | 'usable';

const right = (target: Target, verdict: string) =>
  verdict === 'accept' || (target === 'usable' && verdict === 'edit');

/**
 * The judged sample as the gates order it. A document of the sample that got no text at all counts as
 * never shown; one whose text nobody judged is left out.
 */
export function judgedChoices(
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
  judgments: Judgments,
  target: Target,
): Choice[] {
  return documents.flatMap(({ id }) => {
    if (!judgments.sample.has(id)) return [];
    const answer = answers.get(id);
    if (!answer) return [];
    if (answer.text === null) return [order(answer, 1)];
    const judgment = judgments.of(id, answer.text);
    return judgment ? [order(answer, right(target, judgment.verdict) ? 0 : 1)] : [];
  });
}

/** All documents with a reference, where what it costs to show a text is 1 - ROUGE-L: a stand-in. */
export function likenessChoices(
  measured: readonly Measured[],
  answers: ReadonlyMap<string, Answer>,
): Choice[] {
  return measured.flatMap(({ document, rouge }) => {
    const answer = answers.get(document.id);
    return answer && rouge ? [order(answer, 1 - rouge.rougeL)] : [];
  });
}

function order(answer: Answer, loss: number): Choice {
  const confidence = answer.confidence ?? 0;
  return {
    gate: answer.text === null ? -1 : refusedByRule(answer) ? confidence - 1 : confidence,
    plain: answer.meanLogProb ?? Number.NEGATIVE_INFINITY,
    loss,
    shown: answer.shown,
  };
}

/** What the gate said beforehand of the judged texts that no rule refused, and what became of them. */
export function forecasts(
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
  judgments: Judgments,
  target: Target,
): Forecast[] {
  return documents.flatMap(({ id }) => {
    const answer = answers.get(id);
    if (!answer || answer.text === null || answer.confidence === null || refusedByRule(answer)) {
      return [];
    }
    const judgment = judgments.of(id, answer.text);
    if (!judgment) return [];
    return [{ confidence: answer.confidence, accepted: right(target, judgment.verdict) }];
  });
}
