import { preamble } from './preamble.js';

/**
 * Hides what is not Markdown (tags, comments, Liquid, shortcodes, MDX, callout markers, directives)
 * behind fillers of the same length, so that every offset of the parsed text is an offset in the
 * caller's. `NOTHING` vanishes, `SPACE` separates words; a line of fillers alone becomes blank.
 */
export const NOTHING = '\ue000';
export const SPACE = '\ue001';

/** A reStructuredText directive or comment: its line and the indented ones below it. */
const DIRECTIVE = /^\.\. (?:[\w-]+::|_[^:\n]+:|\[)/;
const FENCE = /^[ \t]{0,12}(`{3,}|~{3,})/;
const INLINE_TAGS = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
const HIDDEN_CONTENT =
  /^(script|style|svg|pre|table|iframe|noscript|math|video|codeblock|details-code)$/;
const OPENER =
  /`+|<!--|<\/?[A-Za-z]|<\/?>|\{\{|\{%|\{(?:[:#.]|[a-z-]+=)|\[!|:::|\$\$|:[a-z][a-z:+-]*:(?=`)/g;
const KEPT_MARKERS = /^(DNL|UICONTROL|BADGE)\s+/;

export function mask(source: string): string {
  const segments: string[] = [];
  let prose: string[] = [];
  let fence = '';
  let previous = '';
  let directive = false;
  const head = preamble(source);
  let at = 0;
  const flush = () => {
    if (prose.length > 0) segments.push(maskProse(prose.join('')));
    prose = [];
  };
  for (const line of source.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    at += line.length;
    const above = previous;
    previous = line;
    if (head && at > head.start && at <= head.end) {
      prose.push(fill(line, SPACE));
      continue;
    }
    if (!fence && isUnderline(line, above)) {
      prose.push(line.replace(/[^\r\n]/g, '-'));
      continue;
    }
    directive = !fence && (DIRECTIVE.test(line) || (directive && /^(?:[ \t]|\r?\n)/.test(line)));
    if (directive) {
      prose.push(fill(line, SPACE));
      continue;
    }
    const opener = FENCE.exec(line.replace(/^[ \t]*(?:>[ \t]?)+/, ''))?.[1];
    if (fence) {
      segments.push(line);
      if (opener && opener[0] === fence[0] && opener.length >= fence.length) fence = '';
    } else if (opener) {
      flush();
      fence = opener;
      segments.push(line);
    } else {
      prose.push(maskLine(line));
    }
  }
  flush();
  return segments
    .join('')
    .replace(/^[ \t>]*[\ue000\ue001][ \t\ue000\ue001]*$/gm, (blank) =>
      blank.replace(/[\ue000\ue001]/g, ' '),
    );
}

/** The line under a reStructuredText heading, which Markdown would take for a fence or for text. */
function isUnderline(line: string, above: string): boolean {
  const run = line.trimEnd();
  if (!/^(?:~{4,}|\^{4,}|"{4,}|'{4,}|\+{4,}|\*{4,}|\.{4,})$/.test(run)) return false;
  const heading = above.trimEnd();
  return (
    /^[^\s>*+#-]/.test(heading) && heading.length <= run.length && heading.length >= run.length - 8
  );
}

function maskLine(line: string): string {
  if (
    /^(import\s.+\sfrom\s+['"]|import\s+['"]|export\s+(const|default|let|function|async)\b)/.test(
      line,
    )
  ) {
    return fill(line, SPACE);
  }
  if (/^\s*:{3,}/.test(line)) return fill(line, SPACE);
  return line;
}

function fill(text: string, filler: string): string {
  return text.replace(/[^\n\r]/g, filler);
}

function maskProse(text: string): string {
  const out: string[] = [];
  const missing = new Set<string>();
  const find = (needle: string, from: number): number => {
    if (missing.has(needle)) return -1;
    const at = text.indexOf(needle, from);
    if (at < 0) missing.add(needle);
    return at;
  };
  let done = 0;
  OPENER.lastIndex = 0;
  for (let match = OPENER.exec(text); match; match = OPENER.exec(text)) {
    const start = match.index;
    const hit = hide(text, start, match[0], find);
    if (!hit) continue;
    out.push(text.slice(done, start), hit.cover);
    done = start + hit.cover.length;
    OPENER.lastIndex = done;
  }
  out.push(text.slice(done));
  return out.join('');
}

type Find = (needle: string, from: number) => number;

function hide(
  text: string,
  start: number,
  opener: string,
  find: Find,
): { cover: string } | undefined {
  const through = (end: number, filler: string) => ({
    cover: fill(text.slice(start, end), filler),
  });
  const until = (closer: string, filler: string, most = 4000) => {
    const at = find(closer, start + opener.length);
    return at < 0 || at - start > most ? undefined : through(at + closer.length, filler);
  };
  if (opener[0] === '`') {
    const end = text.indexOf(opener, start + opener.length);
    const blank = text.indexOf('\n\n', start);
    if (end < 0 || end - start > 2000 || (blank >= 0 && blank < end)) return { cover: opener };
    const code = text.slice(start, end + opener.length);
    const reference = /^`[^`]*?( <[^<>`]+>)?`(_{1,2})(?!\w)/.exec(text.slice(start, end + 4));
    if (!reference) return { cover: code };
    const target = reference[1]?.length ?? 0;
    const words = code.slice(1, code.length - 1 - target);
    return { cover: NOTHING + words + NOTHING.repeat(target + 1 + (reference[2]?.length ?? 0)) };
  }
  if (opener === '<!--') return until('-->', SPACE, 60_000);
  if (opener === '{%' || opener === '{{')
    return hideTemplate(text, start, opener, until, find, through);
  if (opener === '$$' || opener === ':::') return until(opener, SPACE);
  if (opener === '[!') return hideMarker(text, start);
  if (opener[0] === '{') {
    const attributes = /^\{(?:[:#.]|[a-z-]+=)[^{}\n]{0,300}\}/.exec(text.slice(start, start + 304));
    return attributes ? through(start + attributes[0].length, NOTHING) : undefined;
  }
  if (opener[0] === ':') return through(start + opener.length, NOTHING);
  return hideTag(text, start, find, through);
}

type Cover = { cover: string };
type Through = (end: number, filler: string) => Cover;

function hideTemplate(
  text: string,
  start: number,
  opener: string,
  until: (closer: string, filler: string) => Cover | undefined,
  find: Find,
  through: Through,
): Cover | undefined {
  const block = /^\{[{%][<%-]?\s*(highlight|codeblock|raw-code|mermaid|math|figure-code)\b/.exec(
    text.slice(start, start + 40),
  );
  if (block) {
    const closers = [`end${block[1]}`, `/${block[1]}`, `/ ${block[1]}`];
    for (const closer of closers) {
      const at = find(closer, start + 10);
      const end = at < 0 ? -1 : text.indexOf('}', at);
      if (end >= 0 && end - start < 20_000) {
        return through(end + (text[end + 1] === '}' ? 2 : 1), SPACE);
      }
    }
  }
  return until(opener === '{%' ? '%}' : '}}', NOTHING);
}

/** `[!NOTE]`, `[!INCLUDE [a](b)]`, `[!VIDEO url]` vanish; `[!DNL x]` and `[!UICONTROL x]` leave x. */
function hideMarker(text: string, start: number): Cover | undefined {
  let depth = 0;
  let end = -1;
  for (let i = start; i < Math.min(text.length, start + 1000); i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']' && --depth === 0) {
      end = i + 1;
      break;
    }
  }
  if (end < 0) return undefined;
  const inner = text.slice(start + 2, end - 1);
  const kept = KEPT_MARKERS.exec(inner);
  if (kept) {
    const head = 2 + kept[0].length;
    return { cover: NOTHING.repeat(head) + inner.slice(kept[0].length) + NOTHING };
  }
  const target = /^\([^()\s]{0,500}\)/.exec(text.slice(end, end + 502));
  return { cover: fill(text.slice(start, end + (target?.[0].length ?? 0)), SPACE) };
}

function hideTag(text: string, start: number, find: Find, through: Through): Cover | undefined {
  if (/^<(https?:|mailto:|[\w.+-]+@)/.test(text.slice(start, start + 40))) return undefined;
  const name = (/^<\/?([\w.:-]*)/.exec(text.slice(start, start + 60))?.[1] ?? '').toLowerCase();
  const end = tagEnd(text, start);
  if (end < 0) return undefined;
  if (HIDDEN_CONTENT.test(name) && text[start + 1] !== '/' && text[end - 2] !== '/') {
    const close = find(`</${name}`, end);
    const last = close < 0 ? -1 : text.indexOf('>', close);
    if (last >= 0) return through(last + 1, SPACE);
  }
  return through(end, INLINE_TAGS.has(name) ? NOTHING : SPACE);
}

/** End of a tag: the `>` outside quotes and braces, within reason. */
function tagEnd(text: string, start: number): number {
  let quote = '';
  let depth = 0;
  for (let i = start + 1; i < Math.min(text.length, start + 3000); i++) {
    const c = text[i] as string;
    if (quote) {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'" || c === '`') && (depth > 0 || text[i - 1] === '='))
      quote = c;
    else if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === '<' && depth <= 0) return -1;
    else if (c === '>' && depth <= 0) return i + 1;
    else if (c === '\n' && text[i + 1] === '\n') return -1;
  }
  return -1;
}
