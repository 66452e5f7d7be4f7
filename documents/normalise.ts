/**
 * Text as the model knows it: NFC, straight quotes, single spaces, no invisible characters, no runs
 * of punctuation. Idempotent. `origin[i]` is the index in the given text of output character i.
 */
export interface Normalised {
  text: string;
  origin: Int32Array;
}

const SINGLE_QUOTES = new Set([0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035, 0x02bc]);
const DOUBLE_QUOTES = new Set([0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x2036]);
const DROPPED = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\ufffd|\p{Variation_Selector}/u;
const NEEDS_WORK = /[^\x20-\x7e]|([^\w\s])\1\1|\s\s|^\s|\s$/;
const CLUSTER = /[\u1100-\u11ff\uac00-\ud7ff]+|[\s\S]\p{M}*/gu;
const PUNCTUATION = /[\p{P}\p{S}]/u;

export function normalise(text: string): string {
  return NEEDS_WORK.test(text) ? normaliseMapped(text).text : text;
}

export function normaliseMapped(text: string): Normalised {
  if (!NEEDS_WORK.test(text)) {
    return { text, origin: Int32Array.from({ length: text.length }, (_, i) => i) };
  }
  return collapse(compose(replaceCharacters(text)));
}

interface Draft {
  text: string;
  origin: number[];
}

function replaceCharacters(text: string): Draft {
  const out: string[] = [];
  const origin: number[] = [];
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i) as number;
    const size = code > 0xffff ? 2 : 1;
    const piece = replacement(code, text.slice(i, i + size));
    for (let k = 0; k < piece.length; k++) origin.push(i + Math.min(k, size - 1));
    out.push(piece);
    i += size;
  }
  return { text: out.join(''), origin };
}

function replacement(code: number, character: string): string {
  if (code >= 0x20 && code < 0x7f) return character;
  if (/\s/.test(character) || code === 0x85 || code === 0x2800) return ' ';
  if (SINGLE_QUOTES.has(code)) return "'";
  if (DOUBLE_QUOTES.has(code)) return '"';
  if (code === 0x2026) return '...';
  if (code === 0x2010 || code === 0x2011) return '-';
  return DROPPED.test(character) ? '' : character;
}

function compose(draft: Draft): Draft {
  if (draft.text.normalize('NFC') === draft.text) return draft;
  const out: string[] = [];
  const origin: number[] = [];
  for (const match of draft.text.matchAll(CLUSTER)) {
    const composed = match[0].normalize('NFC');
    for (let k = 0; k < composed.length; k++) {
      origin.push(draft.origin[match.index + Math.min(k, match[0].length - 1)] as number);
    }
    out.push(composed);
  }
  return { text: out.join(''), origin };
}

/** Runs of one punctuation character become one (dots: three at most), runs of spaces one space. */
function collapse(draft: Draft): Normalised {
  const points = [...draft.text];
  const out: string[] = [];
  const origin: number[] = [];
  let at = 0;
  for (let i = 0; i < points.length; ) {
    const point = points[i] as string;
    let run = 1;
    while (points[i + run] === point) run++;
    let keep = run;
    if (point === ' ') keep = out.length === 0 || i + run === points.length ? 0 : 1;
    else if (run > 2 && PUNCTUATION.test(point)) keep = point === '.' ? 3 : 1;
    for (let k = 0; k < keep * point.length; k++) origin.push(draft.origin[at + k] as number);
    out.push(point.repeat(keep));
    at += run * point.length;
    i += run;
  }
  return { text: out.join(''), origin: Int32Array.from(origin) };
}
