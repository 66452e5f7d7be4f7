const NESTING = /^[ \t]*(?:(?:>|[*+-][ \t])[ \t]*){40}/m;

/** Input that would keep a Markdown parser busy without being Markdown that anyone writes. */
export function isPathological(text: string): boolean {
  if (NESTING.test(text)) return true;
  if (text.length < 2000) return false;
  const special = text.match(/[[\]*_<>`!~|&\\]/g)?.length ?? 0;
  return special > text.length / 4;
}
