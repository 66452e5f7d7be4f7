import { describe, expect, it } from 'vitest';
import {
  type Calibration,
  confidenceOf,
  defaultThreshold,
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

describe('judge', () => {
  const options: GateOptions = { calibration, length: 'medium', document: prose };
  const good = { text: 'Old logs are deleted after a month.', ended: true };
  const sure = { meanLogProb: -0.2 };

  it('lets a likely, finished, grounded text through', () => {
    const { text, reason, confidence } = judge(good, sure, options);
    expect({ text, reason }).toEqual({ text: good.text, reason: null });
    expect(confidence).toBeCloseTo(1 / (1 + Math.exp(-2.2)), 12);
  });

  it('names the first reason in the order confidence, finished, grounded', () => {
    const bad = { text: 'Zeus deletes the', ended: false };
    expect(judge(bad, { meanLogProb: -2 }, options).reason).toBe('low_confidence');
    expect(judge(bad, sure, options).reason).toBe('unfinished');
    expect(judge({ text: 'The god Zeus deletes it.', ended: true }, sure, options).reason).toBe(
      'not_grounded',
    );
    expect(judge({ ...good, ended: false }, sure, options).reason).toBe('unfinished');
  });

  it('draws the line at the threshold, or at minConfidence', () => {
    expect(judge(good, { meanLogProb: -0.6 }, options).reason).toBe(null);
    expect(judge(good, { meanLogProb: -0.6001 }, options).reason).toBe('low_confidence');
    expect(judge(good, { meanLogProb: -50 }, { ...options, minConfidence: 0 }).reason).toBe(null);
    const strict = { ...options, minConfidence: 0.95 };
    expect(judge(good, sure, strict).reason).toBe('low_confidence');
  });

  it('refuses a confidence that is no number', () => {
    expect(judge(good, { meanLogProb: Number.NaN }, options).reason).toBe('low_confidence');
  });

  it('shows one sentence for short, two at most for medium', () => {
    const three = { text: 'Old logs go. The relay stays. It is one.', ended: true };
    expect(judge(three, sure, { ...options, length: 'short' }).text).toBe('Old logs go.');
    expect(judge(three, sure, options).text).toBe('Old logs go. The relay stays.');
  });

  it('is calibrated as the manifest says', () => {
    expect(confidenceOf(-0.75, calibration)).toBeCloseTo(0.5, 12);
    expect(defaultThreshold(calibration)).toBeCloseTo(confidenceOf(-0.6, calibration), 12);
  });
});
