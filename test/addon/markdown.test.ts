import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, locate, plain, render } from '../../addon/script/markdown.js';
import { readMarkdown } from '../../documents/index.js';

const words = fc.stringMatching(/^[A-Za-z][A-Za-z *_`<>[\]()#&~|{}$\\.,:;!?'"=+-]{0,40}[A-Za-z]$/);
/** Starts that Markdown would take for something else. */
const start = fc.constantFrom('', '# ', '- ', '1. ', '12) ', '> ', '=== ', '+ ', '* ', '.. x:: ');
const text = fc.tuple(start, words).map(([a, b]) => a + b);
const pieces = fc.array(text, { minLength: 1, maxLength: 3 });

const block: fc.Arbitrary<Block> = fc
  .oneof(
    fc.record({
      kind: fc.constant('heading' as const),
      level: fc.integer({ min: 1, max: 6 }),
      texts: pieces,
    }),
    fc.record({ kind: fc.constant('paragraph' as const), texts: pieces }),
    fc.record({
      kind: fc.constant('list-item' as const),
      level: fc.integer({ min: 0, max: 4 }),
      ordered: fc.boolean(),
      texts: pieces,
    }),
  )
  .map(
    ({ texts, ...rest }) => ({ ...rest, pieces: texts.map((each) => ({ text: each })) }) as Block,
  );

const documents = fc.array(block, { minLength: 1, maxLength: 8 }).map((blocks) => {
  let place = 0;
  for (const each of blocks) {
    if (each.kind !== 'table') for (const piece of each.pieces) piece.place = place++;
  }
  return blocks;
});

/** What counts for a reader: the service normalises spaces, quotes and runs of punctuation. */
const letters = (value: string) =>
  value.replace(/[^A-Za-z0-9#*_`<>[\]()&~|{}\\+=]/g, '').replace(/([^A-Za-z0-9])\1+/g, '$1');

test('the service reads back the blocks and their words', () => {
  fc.assert(
    fc.property(documents, (blocks) => {
      const read = readMarkdown(render(blocks).text).blocks;
      expect(read.map(({ kind }) => kind)).toEqual(blocks.map(({ kind }) => kind));
      expect(read.map((each) => letters(each.text))).toEqual(
        blocks.map((each) => letters(plain(each))),
      );
    }),
    { numRuns: 60 },
  );
}, 120_000);

/** Each of them stands for its last character, so that offsets stay. */
const decoded = (entity: string) =>
  entity === '&lt;' ? '<' : String.fromCharCode(Number(/\d+/.exec(entity)?.[0]));

test('a range of the Markdown is found where it stands in the document', () => {
  fc.assert(
    fc.property(documents, fc.nat(), fc.nat(), (blocks, a, b) => {
      const rendered = render(blocks);
      const texts = blocks.flatMap((each) =>
        each.kind === 'table' ? [] : each.pieces.map((piece) => piece.text),
      );
      const from = a % rendered.text.length;
      const to = from + 1 + (b % (rendered.text.length - from));
      // No source begins or ends within an entity.
      const within = (at: number) => /&(?:lt|#\d+)?$|&#\d*$|&l$/.test(rendered.text.slice(0, at));
      fc.pre(!within(from) && !within(to));
      const found = locate(rendered, from, to)
        .map((spot) => (texts[spot.place] ?? '?').slice(spot.from, spot.to))
        .join('');
      // The same characters as the range has, but for the marks and the backslashes.
      const whole = rendered.text.replace(
        /&(?:lt|#\d+);/g,
        (entity) => '\0'.repeat(entity.length - 1) + decoded(entity),
      );
      const wanted = whole.slice(from, to);
      let at = 0;
      for (const character of found) {
        at = wanted.indexOf(character, at) + 1;
        expect(at, `${JSON.stringify(found)} in ${JSON.stringify(wanted)}`).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('a table keeps its cells, in rows of equal length', () => {
  const cell = (value: string) => [{ text: value }];
  const rows = [[cell('Item'), cell('Price')], [cell('a | b')]];
  const rendered = render([{ kind: 'table', rows }]);
  expect(rendered.text).toBe('| Item | Price |\n| --- | --- |\n| a \\| b |  |');
  expect(readMarkdown(rendered.text).blocks).toMatchObject([{ kind: 'table' }]);
}, 120_000);

test('an item that is deeper than any list around it stays an item', () => {
  const item = (level: number, value: string): Block => ({
    kind: 'list-item',
    level,
    ordered: false,
    pieces: [{ text: value }],
  });
  const { blocks } = readMarkdown(render([item(3, 'deep'), item(0, 'top'), item(1, 'in')]).text);
  expect(blocks.map(({ kind, level, text }) => [kind, level, text])).toEqual([
    ['list-item', 0, 'deep'],
    ['list-item', 0, 'top'],
    ['list-item', 1, 'in'],
  ]);
}, 120_000);
