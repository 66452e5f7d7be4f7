import { describe, expect, it } from 'vitest';
import {
  type Calibration,
  type Candidate,
  type Draft,
  decideDraft,
  documentReason,
  type GateOptions,
  judge,
} from '../../model/core/index.js';
import { languageCheck } from '../../model/language.js';

const calibration: Calibration = { kind: 'mean-log-probability', threshold: -0.6, a: 4, b: 3 };
const english = languageCheck(['en']);
const prose =
  'The relay keeps one log a day. Old logs are compressed after a week and deleted after a month, unless an incident is open.';

describe('documentReason', () => {
  it.each([
    ['', 'empty'],
    [' \n\t ', 'empty'],
    ['--- *** !!!', 'empty'],
    ['\ud800', 'empty'],
    ['Too short to summarise.', 'too_short'],
    ['a'.repeat(1_000_000), 'too_short'],
    [
      `${'Der Dienst schreibt jeden Tag ein Protokoll und löscht es wieder. '.repeat(4)}`,
      'unsupported_language',
    ],
    [
      `${'このサービスは毎日ログを書き込みます。古いログは一週間後に圧縮されます。'.repeat(4)}`,
      'unsupported_language',
    ],
    [prose, null],
    [`GPL-3.0 kubectl npm ${prose}`, null],
  ])('%.40s: %s', (text, reason) => expect(documentReason(text, english)).toBe(reason));
});

/** What a decoder of the given certainty would have written. */
function written(text: string, meanLogProb: number, ended = true): Candidate {
  const logProbs = [meanLogProb, meanLogProb];
  const score = meanLogProb * 2;
  return {
    ids: [20],
    logProbs,
    entropy: [0.5, 0.5],
    gate: [0.9, 0.9],
    seams: 0,
    score,
    ended,
    text,
    mass: Float32Array.of(1),
  };
}

function drafted(...candidates: Candidate[]): Draft {
  const positions = { line: Int32Array.of(0), at: Int32Array.of(5) };
  return { tokens: 30, truncated: false, positions, candidates };
}

describe('judge', () => {
  const options: GateOptions = { calibration, length: 'medium', prose: { lines: [prose] } };
  const sure = -0.2;
  const text = 'Old logs are deleted after a month.';
  const verdict = (candidate: Candidate, more: Partial<GateOptions> = {}) =>
    judge(candidate, drafted(candidate), { ...options, ...more });

  it('lets a likely, finished, grounded text through', () => {
    const { text: shown, reason, confidence } = verdict(written(text, sure));
    expect({ shown, reason }).toEqual({ shown: text, reason: null });
    expect(confidence).toBeCloseTo(1 / (1 + Math.exp(-2.2)), 12);
  });

  it('names the first reason in the order confidence, finished, grounded', () => {
    expect(verdict(written('Zeus deletes the', -2, false)).reason).toBe('low_confidence');
    expect(verdict(written('Zeus deletes the', sure, false)).reason).toBe('unfinished');
    expect(verdict(written('The god Zeus deletes it.', sure)).reason).toBe('not_grounded');
    expect(verdict(written(text, sure, false)).reason).toBe('unfinished');
  });

  it('draws the line at the threshold, or at minConfidence', () => {
    expect(verdict(written(text, -0.5999)).reason).toBe(null);
    expect(verdict(written(text, -0.6001)).reason).toBe('low_confidence');
    expect(verdict(written(text, -50), { minConfidence: 0 }).reason).toBe(null);
    expect(verdict(written(text, sure), { minConfidence: 0.95 }).reason).toBe('low_confidence');
  });

  it('refuses a confidence that is no number', () => {
    expect(verdict(written(text, Number.NaN)).reason).toBe('low_confidence');
  });

  it('shows one sentence for short, two at most for medium', () => {
    const three = written('Old logs go. The relay stays. It is one.', sure);
    expect(verdict(three, { length: 'short' }).text).toBe('Old logs go.');
    expect(verdict(three).text).toBe('Old logs go. The relay stays.');
  });

  it('takes the first candidate that may be shown, or tells why the best may not', () => {
    const zeus = written('The god Zeus deletes it.', sure);
    const good = written(text, -0.3);
    expect(decideDraft(drafted(zeus, good), options)?.text).toBe(text);
    expect(decideDraft(drafted(zeus, written(text, -3)), options)?.reason).toBe('not_grounded');
    expect(decideDraft(drafted(), options)).toBeUndefined();
  });

  it('tells the parts of a confidence, which add up to its log-odds', () => {
    const { confidence, contributions } = verdict(written(text, sure));
    const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(confidence, 12);
    expect(contributions.map(({ name }) => name)).toEqual(['meanLogProb', 'bias']);
  });
});
