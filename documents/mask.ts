import { coverProse, fill, SPACE } from './cover.js';
import { preamble } from './preamble.js';

/**
 * Hides what is not Markdown (tags, comments, Liquid, shortcodes, MDX, callout markers, directives)
 * behind fillers of the same length, so that every offset of the parsed text is an offset in the
 * caller's. `NOTHING` vanishes, `SPACE` separates words; a line of fillers alone becomes blank.
 */
/** A reStructuredText directive or comment: its line and the indented ones below it. */
const DIRECTIVE = /^\.\. (?:[\w-]+::|_[^:\n]+:|\[)/;
const FENCE = /^[ \t]{0,12}(`{3,}|~{3,})/;
const MODULE_LINE =
  /^(import\s.+\sfrom\s+['"]|import\s+['"]|export\s+(const|default|let|function|async)\b)/;

export function mask(source: string): string {
  const segments: string[] = [];
  let prose: string[] = [];
  let fence = '';
  let previous = '';
  let directive = false;
  const head = preamble(source);
  let at = 0;
  const flush = () => {
    if (prose.length > 0) segments.push(coverProse(prose.join('')));
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
  return MODULE_LINE.test(line) || /^\s*:{3,}/.test(line) ? fill(line, SPACE) : line;
}
