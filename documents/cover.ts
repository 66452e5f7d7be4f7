/** Filler that vanishes, and filler that separates words. */
export const NOTHING = '\ue000';
export const SPACE = '\ue001';

const INLINE_TAGS = new Set(
  `a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike
  strong sub sup tt u var wbr`.split(/\s+/),
);
const HIDDEN_CONTENT = /^(script|style|svg|pre|table|iframe|noscript|math|video|codeblock)$/;
const OPENER =
  /`+|<!--|<\/?[A-Za-z]|<\/?>|\{\{|\{%|\{(?:[:#.]|[a-z-]+=)|\[!|:::|\$\$|:[a-z][a-z:+-]*:(?=`)/g;
const KEPT_MARKERS = /^(DNL|UICONTROL|BADGE)\s+/;
const CODE_TEMPLATE = /^\{[{%][<%-]?\s*(highlight|codeblock|mermaid|math)\b/;
/** Characters that a template, comment, tag, code span or marker spans at most. */
const MOST = { template: 4000, comment: 60_000, tag: 3000, code: 2000, marker: 1000 };

export function fill(text: string, filler: string): string {
  return text.replace(/[^\n\r]/g, filler);
}

/** Covers tags, templates and markers in running text; code spans stay as they are. */
export function coverProse(text: string): string {
  const cover = new Cover(text);
  const out: string[] = [];
  let done = 0;
  OPENER.lastIndex = 0;
  for (let match = OPENER.exec(text); match; match = OPENER.exec(text)) {
    const covered = cover.from(match.index, match[0]);
    if (covered === undefined) continue;
    out.push(text.slice(done, match.index), covered);
    done = match.index + covered.length;
    OPENER.lastIndex = done;
  }
  out.push(text.slice(done));
  return out.join('');
}

/** What stands in the place of the construct that opens at an offset; undefined leaves it alone. */
class Cover {
  private readonly missing = new Set<string>();

  constructor(private readonly text: string) {}

  from(start: number, opener: string): string | undefined {
    if (opener[0] === '`') return this.code(start, opener);
    if (opener === '<!--') return this.until('-->', start, SPACE, MOST.comment);
    if (opener === '{%' || opener === '{{') return this.template(start, opener);
    if (opener === '$$' || opener === ':::') return this.until(opener, start, SPACE, MOST.template);
    if (opener === '[!') return this.marker(start);
    if (opener[0] === '{') {
      const attributes = /^\{(?:[:#.]|[a-z-]+=)[^{}\n]{0,300}\}/.exec(this.slice(start, 304));
      return attributes ? fill(attributes[0], NOTHING) : undefined;
    }
    if (opener[0] === ':') return fill(opener, NOTHING);
    return this.tag(start);
  }

  private slice(start: number, length: number): string {
    return this.text.slice(start, start + length);
  }

  private find(needle: string, from: number): number {
    if (this.missing.has(needle)) return -1;
    const at = this.text.indexOf(needle, from);
    if (at < 0) this.missing.add(needle);
    return at;
  }

  private until(closer: string, start: number, filler: string, most: number): string | undefined {
    if (this.missing.has(closer)) return undefined;
    const near = this.slice(start, most);
    const at = near.indexOf(closer, 2);
    if (at < 0 && start + most >= this.text.length) this.missing.add(closer);
    return at < 0 ? undefined : fill(near.slice(0, at + closer.length), filler);
  }

  private code(start: number, ticks: string): string {
    const near = this.slice(start, MOST.code);
    const end = near.indexOf(ticks, ticks.length);
    if (end < 0 || near.slice(0, end).includes('\n\n')) return ticks;
    const code = near.slice(0, end + ticks.length);
    const reference = /^`[^`]*?( <[^<>`]+>)?`(_{1,2})(?!\w)/.exec(near.slice(0, end + 4));
    if (!reference) return code;
    const target = reference[1]?.length ?? 0;
    const tail = NOTHING.repeat(target + 1 + (reference[2]?.length ?? 0));
    return NOTHING + code.slice(1, code.length - 1 - target) + tail;
  }

  private template(start: number, opener: string): string | undefined {
    const name = CODE_TEMPLATE.exec(this.slice(start, 40))?.[1];
    for (const closer of name ? [`end${name}`, `/${name}`, `/ ${name}`] : []) {
      const at = this.find(closer, start + 10);
      const end = at < 0 ? -1 : this.text.indexOf('}', at);
      if (end < 0) continue;
      return fill(this.text.slice(start, end + (this.text[end + 1] === '}' ? 2 : 1)), SPACE);
    }
    return this.until(opener === '{%' ? '%}' : '}}', start, NOTHING, MOST.template);
  }

  /** `[!NOTE]`, `[!INCLUDE [a](b)]`, `[!VIDEO url]` vanish; `[!DNL x]` and `[!UICONTROL x]` leave x. */
  private marker(start: number): string | undefined {
    const near = this.slice(start, MOST.marker);
    let depth = 0;
    let end = 0;
    for (; end < near.length; end++) {
      if (near[end] === '[') depth++;
      else if (near[end] === ']' && --depth === 0) break;
    }
    if (end === near.length) return undefined;
    const inner = near.slice(2, end);
    const kept = KEPT_MARKERS.exec(inner)?.[0].length ?? 0;
    if (kept > 0) return NOTHING.repeat(2 + kept) + inner.slice(kept) + NOTHING;
    const target = /^\([^()\s]{0,500}\)/.exec(near.slice(end + 1))?.[0].length ?? 0;
    return fill(near.slice(0, end + 1 + target), SPACE);
  }

  private tag(start: number): string | undefined {
    const near = this.slice(start, 60);
    if (/^<(https?:|mailto:|[\w.+-]+@)/.test(near)) return undefined;
    const name = (/^<\/?([\w.:-]*)/.exec(near)?.[1] ?? '').toLowerCase();
    const end = this.tagEnd(start);
    if (end < 0) return undefined;
    if (HIDDEN_CONTENT.test(name) && near[1] !== '/' && this.text[end - 2] !== '/') {
      const close = this.find(`</${name}`, end);
      const last = close < 0 ? -1 : this.text.indexOf('>', close);
      if (last >= 0) return fill(this.text.slice(start, last + 1), SPACE);
    }
    return fill(this.text.slice(start, end), INLINE_TAGS.has(name) ? NOTHING : SPACE);
  }

  /** End of a tag: the `>` outside quotes and braces, within reason. */
  private tagEnd(start: number): number {
    const { text } = this;
    let quote = '';
    let depth = 0;
    for (let i = start + 1; i < Math.min(text.length, start + MOST.tag); i++) {
      const c = text[i] as string;
      if (quote) {
        if (c === quote) quote = '';
      } else if (/["'`]/.test(c) && (depth > 0 || text[i - 1] === '=')) quote = c;
      else if (c === '{') depth++;
      else if (c === '}') depth--;
      else if (c === '<' && depth <= 0) return -1;
      else if (c === '>' && depth <= 0) return i + 1;
      else if (c === '\n' && text[i + 1] === '\n') return -1;
    }
    return -1;
  }
}
