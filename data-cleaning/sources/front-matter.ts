import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

export interface FrontMatter {
  fields: Record<string, unknown>;
  /** What follows it. */
  body: string;
}

const FENCES: [RegExp, RegExp, (text: string) => unknown][] = [
  [/^---[ \t]*\r?\n/, /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m, (text) => parseYaml(text)],
  [/^\+\+\+[ \t]*\r?\n/, /^\+\+\+[ \t]*(?:\r?\n|$)/m, parseToml],
];

/**
 * The YAML (`---`) or TOML (`+++`, Hugo) front matter of a Markdown file; undefined where there is
 * none, or what stands there is neither.
 */
export function frontMatter(source: string): FrontMatter | undefined {
  const text = source.replace(/^\ufeff/, '');
  for (const [opener, closer, parse] of FENCES) {
    const opened = opener.exec(text)?.[0].length;
    if (opened === undefined) continue;
    const rest = text.slice(opened);
    const closed = closer.exec(rest);
    if (!closed) return undefined;
    try {
      const fields = parse(rest.slice(0, closed.index));
      if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
      return {
        fields: fields as Record<string, unknown>,
        body: rest.slice(closed.index + closed[0].length),
      };
    } catch {
      return undefined;
    }
  }
  return undefined;
}
