import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, signature } from '../../data-cleaning/duplicates/minhash.js';
import { fingerprint, NearCopies } from '../../data-cleaning/duplicates/reserved.js';
import { type Outputs, Placement } from '../../data-cleaning/place.js';
import { rewrite } from '../../data-cleaning/rewrites.js';
import { words } from '../../data-cleaning/words.js';
import type { Judged } from '../../data-cleaning/worker.js';
import { normalise } from '../../documents/index.js';
import { given } from './candidates.js';

const piece = fc.constantFrom(
  ...[
    'tide',
    'Gauge',
    '“early”',
    'x',
    '…',
    '--',
    '  ',
    '\u00a0',
    'e\u0301',
    '17',
    '.',
    ',,,',
    "'",
    '\n',
  ],
);
const prose = fc.array(piece, { maxLength: 30 }).map((list) => list.join(' '));

describe('normalisation', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(prose, fc.string({ unit: 'grapheme', maxLength: 60 })), (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
    );
  });

  it('is the same for a summary that was rewritten before', () => {
    const plain = fc.array(fc.constantFrom('the', 'gauge', 'of', 'Lumm', '17', 'tides'), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        plain.map((list) => ['Tides', ...list]),
        fc.constantFrom('', '.', '!'),
        (list, stop) => {
          const once = rewrite(`${list.join(' ')}${stop}`).text;
          expect(rewrite(once)).toEqual({ text: once, steps: [] });
        },
      ),
    );
  });
});

describe('no step', () => {
  const markup = fc.constantFrom(
    '**',
    '_',
    '`',
    '# ',
    '- ',
    '> ',
    '[',
    '](a.md)',
    '&amp;',
    '| ',
    '\n\n',
  );

  it('invents words of a document or summary', () => {
    const bodies = fc.array(fc.oneof(piece, markup), { maxLength: 40 });
    fc.assert(
      fc.property(bodies, (list) => {
        const body = list.join(' ');
        const made = given({ body, summary: body.replaceAll('\n', ' ') });
        const known = body.normalize('NFKC').toLowerCase();
        for (const word of words(`${made.text} ${made.summary}`)) {
          for (const part of word.split(/[^\p{L}\p{N}]+/u)) expect(known).toContain(part);
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** A record as a worker writes it. */
function record(id: string, body: string[], more: Partial<Judged> & { source?: string }): Judged {
  const { source = 'lumm/harbour', ...rest } = more;
  const text = body.join(' ');
  return {
    row: { id, source, license: 'CC0-1.0', path: `v${id.length}/${id}.md` },
    title: `Title of ${id}`,
    text,
    summary: `Summary of ${id}.`,
    print: fingerprint(text),
    signature: packed(signature(words(text))),
    verdicts: [],
    ...rest,
  };
}
const body = (n: number) =>
  Array.from({ length: 200 }, (_, i) => `w${(n * 7919 + i * (n + 3)) % 997}y${n}`);
const edited = (list: string[]) => list.map((word, at) => (at === 100 ? 'edited' : word));

const RESERVED = body(99);
const loose = { severity: 'style', reason: 'framing', evidence: 'opens' } as const;
const ROWS: Judged[] = [
  record('a', body(1), { score: 0.8 }),
  record('b', edited(body(1)), { score: 0.9 }),
  record('c', body(1), { score: 0.9 }),
  record('d', body(2), { score: 0.7 }),
  record('e', body(3), { score: 0.6, title: 'Title of d', summary: 'Summary of d.' }),
  record('f', body(4), { score: 0.3, verdict: loose, verdicts: [loose] }),
  record('g', edited(body(4)), { verdict: { ...loose, severity: 'summary', reason: 'garbled' } }),
  record('h', edited(RESERVED), { score: 0.9 }),
  record('i', edited(RESERVED), { score: 0.3, verdict: loose, verdicts: [loose] }),
  record('j', body(5), { verdict: { ...loose, severity: 'document', reason: 'stub' } }),
];

async function placed(rows: Judged[]) {
  const reserved = new NearCopies();
  reserved.add('reserved', fingerprint(RESERVED.join(' ')));
  const written: Record<string, Record<string, unknown>[]> = {};
  const output = (name: string) => ({
    write: async (row: Record<string, unknown>) => {
      written[name] = [...(written[name] ?? []), row];
    },
  });
  const outputs = Object.fromEntries(
    ['clean', 'loose', 'prose', 'rejects'].map((name) => [name, output(name)]),
  ) as unknown as Outputs;
  const placement = new Placement(outputs, { seed: 1, reserved });
  for (const row of rows) placement.see(row);
  placement.settle();
  const file = { path: '', group: 'pairs', file: 'harbour', bytes: 0 };
  for (const row of rows) await placement.place(row, file);
  const of = (name: string, ...fields: string[]) =>
    (written[name] ?? [])
      .map((row) => ['id', ...fields].map((field) => row[field]).join(' '))
      .sort();
  return {
    clean: of('clean', 'score', 'cluster', 'split'),
    loose: of('loose', 'reason', 'cluster'),
    prose: of('prose'),
    rejects: of('rejects', 'reason'),
    splits: placement.splits(),
  };
}

describe('placement', () => {
  it('keeps the best of near copies, one pair a title and summary, and no annotated document', async () => {
    const { clean, loose: apart, prose: texts, rejects } = await placed(ROWS);
    expect(clean.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'b 0.9 a',
      'd 0.7 d',
    ]);
    expect(apart).toEqual(['f framing f']);
    expect(texts).toEqual(['b', 'd', 'e', 'f']);
    expect(rejects).toEqual([
      ...['a duplicate', 'c duplicate', 'e duplicate', 'f framing', 'g garbled'],
      ...['h contaminates_annotated', 'i framing', 'j stub'],
    ]);
  });

  it('keeps the same whatever the order of the rows', async () => {
    const expected = await placed(ROWS);
    const orders = fc.shuffledSubarray(ROWS, { minLength: ROWS.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await placed(order)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('names in splits.json what it wrote', async () => {
    const { clean, splits } = await placed(ROWS);
    const parts = (splits as { clean: Record<string, { ids: string[] }> }).clean;
    const told = Object.entries(parts).flatMap(([split, { ids }]) =>
      ids.map((id) => `${id} ${split}`),
    );
    expect(told.sort()).toEqual(clean.map((line) => line.replace(/ .* (\w+)$/, ' $1')).sort());
  });
});
