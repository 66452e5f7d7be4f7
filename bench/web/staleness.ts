/**
 * How far a document may drift before its suggestion changes: for edits of growing size, the distance
 * of the texts and whether the model writes the same again. Gives the threshold of `SUBSTANTIAL`.
 *
 * `node dist/bench/web/staleness.js [files…]`
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { distance } from '../../component/distance.js';
import { readMarkdown } from '../../documents/index.js';
import { Summarizer } from '../../model/index.js';

/** Shares of a document's paragraphs that an edit replaces, by sentences of the next document. */
const SHARES = [0.05, 0.1, 0.2, 0.35, 0.6];

const files = process.argv.slice(2);
const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
const precis = await Summarizer.load();
for (const [index, text] of texts.entries()) {
  const other = paragraphs(texts[(index + 1) % texts.length] as string);
  const before = await write(text);
  for (const share of SHARES) {
    const edited = edit(paragraphs(text), other, share);
    const same = (await write(edited)) === before;
    const far = distance(text, edited);
    console.log(JSON.stringify({ file: basename(files[index] as string), share, far, same }));
  }
}
await precis.close();

/** The draft, shown or not: the gate's threshold is not what is measured. */
async function write(text: string): Promise<string | null> {
  const { suggestion } = await precis.suggest(readMarkdown(text), { minConfidence: 0 });
  return suggestion?.text ?? null;
}

function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/);
}

/** Replaces every so many-th paragraph, the last ones first: writers add at the end. */
function edit(own: string[], other: string[], share: number): string {
  const count = Math.max(1, Math.round(own.length * share));
  const step = own.length / count;
  const at = new Set(
    Array.from({ length: count }, (_, n) => Math.floor(own.length - 1 - n * step)),
  );
  return own
    .map((each, n) => (at.has(n) ? (other[n % other.length] as string) : each))
    .join('\n\n');
}
