const FIELD = /^(?:[-*+] )?(?:\*\*|_)?([A-Z][\w /-]{1,30}?)(?:\*\*|_)?:(?:\*\*)?(?:\s|$)/;
const KNOWN =
  /^(authors?|status|date|created|updated|last updated|start date|feature name|type|version|review manager|proposal|implementation|bug|rfc pr|rust issue|tracking issue|discussions?(-to)?|post-history|pull requests?|category|champions?|editors?|owner|decision notes|title|pep)$/i;
const FEWEST = 2;

/**
 * Where the lines of `Author: …`, `Status: …` at the head of a proposal stand, behind a heading
 * or at the very start: facts about the document that are not its content.
 */
export function preamble(text: string): { start: number; end: number } | undefined {
  const heading = /^\s*(?:#[^\n]*\n\s*|[^\n]+\n[=-]{3,}\n\s*)?/.exec(text)?.[0] ?? '';
  let at = heading.length;
  let end = at;
  let fields = 0;
  let known = false;
  while (at < text.length && at < 6000) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, stop);
    const field = FIELD.exec(line);
    if (field) {
      fields++;
      known ||= KNOWN.test(field[1] as string);
      end = stop;
    } else if (line.trim() !== '' && !(fields > 0 && /^[ \t]+\S/.test(line))) break;
    else if (line.trim() !== '') end = stop;
    at = stop;
  }
  return fields >= FEWEST && known ? { start: heading.length, end } : undefined;
}
