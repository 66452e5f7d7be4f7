/** A sentence of a text: UTF-16 range, end exclusive, surrounding spaces left out. */
export interface Sentence {
  start: number;
  end: number;
}

/** Abbreviations that something always follows: a name, a number, the rest of the clause. */
const OPEN =
  /^(?:dr|mr|mrs|ms|mx|prof|gen|col|capt|lt|sgt|rev|hon|gov|sen|rep|pres|messrs|mt|ft|vs|e\.g|i\.e|eg|ie|cf|viz|al|approx|ca|resp|incl|excl|esp|fig|figs|eq|eqs|sec|secs|ch|vol|vols|pp|p|ed|eds|art|ref|refs|tab|app|appx|dept|est|max|min|avg|nr|nos|op|cit|ibid|s\.t|w\.r\.t|a\.k\.a)$/i;
/** Abbreviations that may also end a sentence: what follows decides. */
const EITHER =
  /^(?:st|inc|ltd|co|corp|llc|bros|jr|sr|etc|u\.s|u\.s\.a|u\.k|u\.n|e\.u|d\.c|a\.m|p\.m|am|pm|ph\.d|m\.d|b\.a|m\.a|b\.c|a\.d|[a-z])$/i;
/** Abbreviations only in front of a number; "No." and "Jan." are words of their own otherwise. */
const BEFORE_NUMBER =
  /^(?:no|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|par|para|line|item|step|rev|ver|v)$/i;
/** Words that a sentence likes to begin with and a name does not. */
const STARTER =
  /^["'(]*(?:The|This|That|These|Those|It|Its|In|A|An|We|You|Your|Our|If|When|While|For|To|But|And|Or|So|He|She|They|There|Their|As|At|On|By|After|Before|However|Use|See|Each|Every|All|Some|Most|Many|Not|No|From|With|What|Why|How|Then|Also|Because|Since|Once|Both|Others?|Another|None|Nobody|I)\b/;

/** "1.", "2.1.", "a.", "IV.", "Step 1.": what numbers a list item or heading. */
const MARKER =
  /^\W*(?:(?:Step|Chapter|Section|Question|Example|Rule|Phase|Option|Task) \d{1,3}|\d{1,3}(?:\.\d+)*|[A-Za-z]|[IVX]{1,5}|[ivx]{1,5})\.$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Ends that Unicode's rules pass over: "Run it. npm does the rest.", "Wait\u2026 Here it comes." */
const PASSED_OVER = /[.!?]["')\]]*\s+(?=\p{Ll})|\u2026["')\]]*\s+(?=\p{Lu})/gu;
/** What stands this far before a boundary does not decide it: the work stays linear in the text. */
const WINDOW = 80;

/**
 * Sentences of one line of text: Unicode's sentence boundaries (UAX #29) corrected for
 * abbreviations, initials, numbers in front of list items, versions, file names and quotations.
 */
export function sentences(text: string): Sentence[] {
  const bounds = new Set<number>();
  for (const { index, segment } of segmenter.segment(text)) bounds.add(index + segment.length);
  for (const match of text.matchAll(PASSED_OVER)) bounds.add(match.index + match[0].length);

  const found: Sentence[] = [];
  let start = 0;
  for (const bound of [...bounds].sort((a, b) => a - b)) {
    if (bound < text.length && !divides(text, start, bound)) continue;
    const part = text.slice(start, bound);
    const lead = part.length - part.trimStart().length;
    const end = start + part.trimEnd().length;
    if (start + lead < end) found.push({ start: start + lead, end });
    start = bound;
  }
  return found;
}

/** Whether the sentence that begins at `start` ends at `bound`. */
function divides(text: string, start: number, bound: number): boolean {
  const before = text.slice(Math.max(start, bound - WINDOW), bound);
  const after = text.slice(bound, bound + WINDOW);
  const body = before.trimEnd();
  // A line break, or a script that needs no space after its full stop.
  if (/\n\s*$/.test(before) || /[\u3002\uff01\uff1f\u0964]["')\]\u300d\u300f]*$/.test(body))
    return true;
  if (body === before) return false;
  const ending = /([.!?\u2026]+)(["')\]]*)$/.exec(body);
  if (!ending) return true;
  const marks = ending[1] as string;
  const closed = ending[2] !== '';
  const small = /^["'(]*\p{Ll}/u.test(after);
  const word = /[^\s("'[]*$/.exec(body.slice(0, ending.index))?.[0] ?? '';

  // '"Stop!" he said', 'Yahoo! is', 'and so on ... until'.
  if (small && (closed || marks.length > 1 || marks === '\u2026')) return false;
  if (/[!?]/.test(marks)) return !(small && /^\p{Lu}/u.test(word));
  if (closed || marks.length > 1) return true;

  // "1. Install", "a) ...", "II. History": the marker of a list item or heading.
  if (bound - start < WINDOW && MARKER.test(body)) return false;
  if (OPEN.test(word)) return false;
  if (BEFORE_NUMBER.test(word) && /^[#(]?\d/.test(after)) return false;
  if (/^etc$/i.test(word)) return !small;
  if (EITHER.test(word) || /^(?:\p{Lu}\.)+\p{Lu}$/u.test(word)) return STARTER.test(after);
  // "approx. twelve" is not in any list: only a plain word ends a sentence in front of a small letter.
  return !small || /^\p{L}[\p{L}\p{N}'_\-/]+$/u.test(word) || /\p{N}$/u.test(word);
}
