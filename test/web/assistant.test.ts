import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Assistant } from '../../component/assistant.js';
import { confidenceWords } from '../../component/confidence.js';
import { distance } from '../../component/distance.js';
import { pause } from '../../component/retry.js';
import { type Suggester, type Summary, Unavailable } from '../../component/suggester.js';
import { reasonWords } from '../../component/words.js';

const text = 'The gauge measures the height of the sea every six minutes, with a radar.';

function summaryOf(shown: string | null): Summary {
  return {
    suggestion: shown
      ? { id: crypto.randomUUID(), text: shown, type: 'tldr', confidence: 0.8, sources: [] }
      : null,
    reason: shown ? null : 'low_confidence',
    documentType: null,
    input: { tokens: 1, limit: 512, truncated: false },
    model: { name: 'fake', version: '1' },
    documentHash: '0'.repeat(64),
  };
}

let now = text;
let asked: string[];
let answers: (string | null | Unavailable)[];
let assistant: Assistant;
const suggester: Suggester = {
  place: 'device',
  async suggest(document) {
    asked.push(document.text);
    const answer = answers.shift();
    if (answer instanceof Unavailable) throw answer;
    return summaryOf(answer ?? null);
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = [];
  now = text;
  assistant = new Assistant();
  assistant.suggester = suggester;
  assistant.read = () => ({ text: now });
});
afterEach(() => {
  assistant.stop();
  vi.useRealTimers();
});

const quiet = () => vi.advanceTimersByTimeAsync(1500);

test('asks once the writer pauses, not at each change', async () => {
  answers = ['A gauge.'];
  for (let key = 0; key < 20; key++) {
    assistant.changed();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await quiet();
  expect(asked).toEqual([text]);
  expect(assistant.phase).toBe('available');
});

test('an answer that was withheld is asked for again by itself, a shown one only on request', async () => {
  answers = [null, 'A gauge.'];
  assistant.changed({ now: true });
  await quiet();
  expect(assistant.phase).toBe('withheld');
  now = `${text} A camera beside it counts the boats that leave the harbour at night.`;
  assistant.changed();
  await quiet();
  expect(assistant.phase).toBe('available');
  now = 'Something else stands here.';
  assistant.changed();
  await quiet();
  expect(asked).toHaveLength(2);
  expect(assistant.stale).toBe(true);
  now = `${text} A camera beside it counts the boats that leave the harbour at night!`;
  assistant.changed();
  await quiet();
  expect(assistant.stale).toBe(false);
});

test('waits as long as the service asks, and typing does not shorten it', async () => {
  answers = [new Unavailable('busy', '', 10), 'A gauge.'];
  assistant.changed({ now: true });
  await quiet();
  expect(assistant.phase).toBe('trouble');
  assistant.changed();
  await vi.advanceTimersByTimeAsync(8000);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(assistant.phase).toBe('available');
});

test('a document that is refused and a missing key are not asked about again and again', async () => {
  for (const trouble of ['refused', 'key'] as const) {
    asked = [];
    answers = [new Unavailable(trouble, '')];
    await assistant.check();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(1);
  }
});

test('another document: what was asked for the last one does not arrive', async () => {
  let answer: (summary: Summary) => void = () => {};
  assistant.suggester = {
    place: 'device',
    suggest: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  };
  const check = assistant.check();
  assistant.restore(null);
  answer(summaryOf('Of the last document.'));
  await check;
  expect(assistant.suggestion).toBeNull();
});

describe('distance', () => {
  test('is 0 for the same words, 1 for none in common, between for an edit', () => {
    expect(distance(text, text)).toBe(0);
    expect(distance(text, `  ${text.toUpperCase()} `)).toBe(0);
    expect(distance(text, 'Nothing of that is here at all')).toBe(1);
    const far = distance(text, text.replace('radar', 'float'));
    expect(far).toBeGreaterThan(0);
    expect(far).toBeLessThan(0.5);
  });

  test('grows with what is added', () => {
    const added = (count: number) =>
      distance(
        text,
        `${text} ${'new words came '.repeat(1)}${Array.from({ length: count }, (_, at) => `word${at}`).join(' ')}`,
      );
    expect(added(2)).toBeLessThan(added(20));
    expect(distance('', '')).toBe(0);
    expect(distance('', text)).toBe(1);
  });
});

test('pauses double up to a minute and are never shorter than asked', () => {
  expect([1, 2, 3, 9].map((attempt) => pause(attempt, undefined, 0))).toEqual([
    2000, 4000, 8000, 60_000,
  ]);
  expect(pause(1, 7, 0)).toBe(7000);
  expect(pause(1, 7, 1)).toBeGreaterThan(7000);
});

test('confidence and reasons are words', () => {
  expect(confidenceWords(0.92)).toMatch(/^Very likely/);
  expect(confidenceWords(0.7)).toMatch(/about 7\./);
  expect(confidenceWords(0.4)).toMatch(/^May or may not/);
  expect(reasonWords({ ...summaryOf(null), documentType: 'meeting_minutes' })).toContain(
    'meeting minutes',
  );
});
