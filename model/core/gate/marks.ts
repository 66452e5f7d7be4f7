import type { LaidOutBlock } from './layout.js';
import { IMPERATIVES } from './lexicon.js';
import type { Surface } from './surface.js';

/** What headings of each kind are called, whoever wrote them. */
const HEADINGS = {
  taught:
    /\b(?:objectives?|learning (?:outcomes|goals|targets)|materials|procedure|warm-?up|assessment|homework|challenges?|exercises?|quiz|key ?points|assignment|self[- ]study|prior knowledge|differentiation|plenary|starter|closure|extension|worksheet|activit(?:y|ies)|lesson|standards|essential question|guided practice|independent practice|solution|discussion|instructor notes|grade levels?|tasks?)\b/i,
  met: /\b(?:minutes|agenda|attend(?:ees|ance|ing)|present|apologies|regrets|absent|roll call|call to order|action items?|actions|old business|new business|any other business|aob|adjournment|decisions?(?: made)?|next (?:meeting|call)|triage|updates?|participants|meeting|notes|approval of)\b/i,
  signed:
    /\b(?:syntax|parameters?|return(?:s| values?| codes?)|requirements|remarks|members|methods|properties|fields|arguments|exceptions|inheritance|inputs|outputs|property values?|applies to|declaration|constants|elements|attributes|options|definition|signature|errors|http request|request body|response|flags|usage|synopsis|namespace|constructors?)\b/i,
  bound:
    /\b(?:definitions|liability|termination|governing law|indemni\w+|warrant(?:y|ies)|intellectual property|confidential\w*|severability|entire agreement|assignment|force majeure|privacy|personal (?:data|information)|cookies|your rights|changes to|disputes?|arbitration|eligibility|acceptable use|license|prohibited|contact us|children|third[- ]part(?:y|ies)|security|retention|grant of|payment|scope)\b/i,
  filled:
    /\b(?:describe|description|summary|motivation|checklist|template|expected|actual|to reproduce|screenshots|additional (?:context|information)|signature|details|acceptance criteria|user story|name|date|status|contact|background|proposed|alternatives|references|notes|rationale|risks?)\b/i,
  changed:
    /\b(?:changelog|change log|release(?:s|d)?|release notes|what'?s (?:new|changed)|added|changed|fixed|removed|deprecated|bug ?fixes|(?:new )?features|enhancements|breaking changes|chores?|documentation|upgrades?|improvements|internal|contributors|highlights|dependency)\b|\bv?\d+\.\d+(?:\.\d+)?\b|\b\d{4}-\d\d-\d\d\b/i,
  cooked:
    /\b(?:ingredients|directions|method|instructions|preparation|you need|servings?|steps)\b/i,
  lived:
    /\b(?:experience|employment|education|skills|languages|interests|hobbies|objective|profile|certifications?|references|career|history|studies|awards|publications|projects|summary)\b/i,
} as const;

/** What a paragraph or list item of a kind looks like, whatever it is about. */
const BLOCKS = {
  asks: /^(?:\W{0,3})(?:please |briefly |clearly )?(?:add|answer|attach|choose|define|describe|detail|enter|explain|fill|give|identify|include|input|insert|link|list|mention|name|note|outline|provide|put|replace|say|select|specify|state|summari[sz]e|tell|tick|write)\b/i,
  'asks what':
    /^(?:what|why|how|which|who|when|where|is|are|does|do|did|have|has|can|will|should)\b[^.]{0,200}\?\s*$/i,
  'clear and concise':
    /\ba (?:clear|short|brief|concise)[\w ,]{0,30}(?:description|summary|overview|explanation)\b|\bif applicable\b/i,
  'empty field': /^[\p{L}][\p{L}\p{N} ()/#'-]{1,40}[:#]\s*(?:$|[-_.<[({]|tbd|n\/a|xxx)/iu,
  field: /^[\p{Lu}][\p{L}\p{N} ()/'-]{1,30}:\s+\S.{0,80}$/u,
  glyph: /^[☐☑☒✅✓✔□■◻❏❑🔲]|[☐☑☒□🔲]/u,
  change:
    /^(?:\[?[0-9a-f]{7,40}\b|(?:[\p{L}\p{N}_./ -]{1,30}: )?(?:fix(?:e[sd])?|add(?:s|ed)?|updat(?:e|es|ed)|bump(?:s|ed)?|remov(?:e|es|ed)|new|upgrad(?:e|ed)|improv(?:e|ed|es)|chang(?:e|ed|es)|refactor(?:ed)?|deprecat\w+|chore|feat|docs?|build|perf|breaking|patch|minor|major|drop(?:ped)?|renam\w+|mov(?:e|ed)|support(?:ed)?|releas\w+|introduc\w+|allow\w*|implement\w*|make|made|use[ds]?)\b)/iu,
  ticket: /#\d{2,6}\b|\b[0-9a-f]{7,40}\b|\bcve-\d|\bgh-\d+|\(closes/i,
  'named part':
    /^[`*]{0,2}[\p{L}_$][\p{L}\p{N}_.$<>[\]()-]{1,40}[`*]{0,2}\s?(?:\([^)]{1,40}\))?\s?(?:[:–—-]|\s[-–—])\s/u,
  speaks:
    /^[\p{Lu}][\p{L}.'-]+(?: [\p{Lu}][\p{L}.'-]*){0,2}(?: ?\([^)]{1,30}\))?\s?(?::|\s[-–—]\s|\d{1,2}[:.]\d\d)/u,
  quoted: /^["'“‘«—]\s?\p{Lu}/u,
  clause: /^(?:\(?[a-z0-9]{1,3}[.)]|\d+\.\d+|section \d|article [ivx\d]+)\s?\S/i,
  defined:
    /\(?(?:the )?["“][\p{Lu}][\p{L} ]{2,40}["”]\)?|\bwhereas\b|\bhereto\b|\bthe (?:parties|buyer|seller|licensee|licensor|company|customer|client|supplier|service|services|agreement)\b/iu,
  directs:
    /\b(?:(?:this|previous|next|earlier|last|part of the) (?:lesson|episode|lecture|unit|module|course|activity|exercise)s?|students (?:will|should|can)|learners (?:will|should|can)|you(?:'ll| will) learn|by the end of|pre-lecture|post-lecture|your instructor|in pairs|in groups|as a class|ask (?:the )?(?:students|class|learners|pupils)|hand out|worksheet|whiteboard)\b/i,
  timed:
    /\(?\b\d{1,3}\s?(?:-\s?\d{1,3}\s?)?(?:min(?:ute)?s?|hours?|hrs?)\b\)?\.?\s*$|^\(?\d{1,3}\s?(?:min|minutes|mins)\b|^(?:time|duration|length|teaching|exercises)\s?:\s*\d/i,
  points:
    /\b(?:this section (?:contains|includes|covers|provides)|following (?:articles|topics|pages|sections|links|resources|tables?)|see the following|in this section|related (?:articles|topics|links|information)|table of contents|click (?:on )?the links?)\b/i,
} as const;

/** What documents of a kind call themselves. */
const TITLES = {
  lesson:
    /\b(?:lessons?|unit \d|worksheet|workshop|module \d|exercises?|curriculum|syllabus|teaching|class \d|homework)\b/i,
  meeting:
    /\b(?:minutes|meetings?|call|sync|standup|notes|agenda|breakout|triage|session)\b|^\W*\d{4}[-./]\d\d[-./]\d\d/i,
  template:
    /\b(?:templates?|form|questionnaire|survey|application|request|issue)\b|\[[^\]]+\]|x{3,}|n{3,}/i,
  checklist: /\b(?:check-?lists?|to-?do|review|before|preparation|readiness)\b/i,
  terms:
    /\b(?:terms|privacy|polic(?:y|ies)|agreement|licen[sc]e|cookies?|notice|conditions|eula|guidelines|rules|addendum|contract|lease)\b/i,
  release:
    /\b(?:release[ds]?|change ?log|what'?s new|version|updates?|news|history)\b|\bv?\d+\.\d+/i,
  reference:
    /\b(?:reference|commands?|functions?|methods?|propert(?:y|ies)|cmdlet|structure|interface|enumeration|api|syntax|configuration|options|settings|elements?|class|attributes?|operators?|types?|error|macro|parameters?|object|keyword|cli)\b|::|\(\)|_|\p{Ll}\p{Lu}|^[\p{L}]+-[\p{L}]+$/u,
  index:
    /\b(?:index|resources|links|list|contents|readme|directory|glossary|articles|topics|examples|faq)\b/i,
  numbered: /^\W*(?:chapter|part|canto|book|act|scene)?\s*(?:[ivxlc]+|\d+)\W*$/i,
} as const;

/** Marks in the caller's own text that reading takes away. */
const RAW = {
  fences:
    /^:{3,}\s*\{?\.?(?:objectives?|questions?|challenge|key ?points|solution|instructor|callout|discussion|prereq|checklist|hint|exercise|activity)/gim,
  'asking comments':
    /<!--[^>]{0,400}?\b(?:describe|please|replace|delete|remove|fill|add|insert|write|provide|explain|your|this section|template|required|optional|example)\b/gi,
  placeholders:
    /<[a-z][a-z -]{2,30}>(?![^<]{0,200}<\/)|\[[A-Z][A-Z _/-]{2,30}\](?!\()|\[(?:list|name|date|title|link|description|your|who|what|number|describe|insert|yyyy)[^\]\n]{0,80}\](?!\()|\bYYYY-MM-DD\b|\bXX+\b|\{[A-Z_]{3,}\}|\bTBD\b|_{4,}|\.{6,}/g,
  filler: /\b(?:lorem|ipsum|dolor|consectetur|adipiscing|eiusmod|aliqua)\b/gi,
  shortcodes: /\{\{[<%]|\{%|\[!(?:INCLUDE|INCL)|\{\{\$include/g,
} as const;

/**
 * Marks of kinds: shares 0..1 of headings, of blocks, and of marks a block in the source's beginning.
 * They say how a document is made, not what it is about, so they carry over to other makers.
 */
export function marksOf(blocks: readonly LaidOutBlock[], source: string, title: string): Surface {
  const headings = [title, ...blocks.filter((b) => b.kind === 'heading').map((b) => b.text)];
  const texts = blocks.filter(
    ({ kind }) => kind === 'paragraph' || kind === 'list-item' || kind === 'quote',
  );
  const found: Surface = {};
  for (const [name, pattern] of Object.entries(HEADINGS)) {
    found[`${name} heads`] = of(headings, (text) => pattern.test(text));
  }
  const called = headings[0] || headings[1] || '';
  for (const [name, pattern] of Object.entries(TITLES)) {
    found[`${name} title`] = pattern.test(called) ? 1 : 0;
  }
  found['title words'] = Math.log1p(called.split(/\s+/).filter(Boolean).length);
  for (const [name, pattern] of Object.entries(BLOCKS)) {
    found[`${name} blocks`] = of(texts, ({ text }) => pattern.test(text));
  }
  const begin = blocks[0]?.start ?? 0;
  const raw = source.slice(Math.max(0, begin - 1000), (blocks.at(-1)?.end ?? 0) + 200);
  for (const [name, pattern] of Object.entries(RAW)) {
    found[name] = Math.log1p(
      (10 * (raw.match(pattern)?.length ?? 0)) / Math.max(10, blocks.length),
    );
  }
  return { ...found, ...parts(blocks, texts, source), ...tenses(texts) };
}

/** How the parts hang together: empty sections, items that are links, directions, steps. */
function parts(
  blocks: readonly LaidOutBlock[],
  texts: readonly LaidOutBlock[],
  source: string,
): Surface {
  const items = blocks.filter(({ kind }) => kind === 'list-item');
  const headings = blocks.filter(({ kind }) => kind === 'heading');
  const hollow = blocks.filter(
    ({ kind }, i) => kind === 'heading' && (blocks[i + 1]?.kind ?? 'heading') === 'heading',
  );
  const paragraphs = texts.filter(({ kind }) => kind === 'paragraph');
  const said = paragraphs.map(({ text }) => text.split(/\s+/).length);
  const long = said.filter((count) => count >= 30).length;
  const prose = said.filter((count) => count >= 12).reduce((sum, count) => sum + count, 0);
  const sloped = texts.filter(
    ({ start, end }) =>
      /[_*]/.test(source[start - 1] ?? '') && /[_*]/.test(source.slice(end, end + 2)),
  );
  const linked = items.filter(({ start, end, text }) => {
    const before = source.slice(Math.max(0, start - 2), start + 1);
    return before.includes('[') && source.slice(end, end + 2).startsWith('](') && text.length < 120;
  });
  const told = items.filter(({ text }) => {
    const word = /^\p{L}+/u.exec(text)?.[0].toLowerCase();
    return word !== undefined && IMPERATIVES.has(word);
  });
  const open = items.filter(({ text }) => !/[.!?:;]["')\]]*$/.test(text));
  const coded = blocks.filter(
    ({ kind }, i) => kind === 'heading' && /^(?:code|table)$/.test(blocks[i + 1]?.kind ?? ''),
  );
  const named = headings.filter(({ text }) =>
    /[a-z][A-Z]|_|\(\)|::|^[a-z]\w*$|^[A-Z_]{3,}$|^--?\w|^\.\w|=/.test(text),
  );
  return {
    'coded headings': headings.length > 0 ? coded.length / headings.length : 0,
    'identifier headings': headings.length > 0 ? named.length / headings.length : 0,
    'hollow headings': headings.length > 0 ? hollow.length / headings.length : 0,
    'headings a block': headings.length / Math.max(1, blocks.length),
    'told paragraphs': Math.log1p(long),
    'told words': Math.log1p(prose) / 4,
    'told share':
      prose /
      Math.max(
        1,
        texts.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0),
      ),
    'sloped blocks': of(texts, (block) => sloped.includes(block)),
    'linked items': items.length >= 3 ? linked.length / items.length : 0,
    'linked blocks': linked.length / Math.max(1, blocks.length),
    'told items': items.length >= 3 ? told.length / items.length : 0,
    'open items': items.length >= 3 ? open.length / items.length : 0,
    'words an item': Math.log1p(
      items.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0) /
        Math.max(1, items.length),
    ),
    'title only': blocks.length <= 3 ? 1 : 0,
  };
}

/** Stories are told in the past, of persons; terms and articles in the present. */
function tenses(texts: readonly LaidOutBlock[]): Surface {
  const words =
    texts
      .map(({ text }) => text)
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}']+/gu) ?? [];
  const share = (pattern: RegExp) =>
    Math.log1p(
      (100 * words.filter((word) => pattern.test(word)).length) / Math.max(40, words.length),
    );
  return {
    past: share(
      /^(?:was|were|had|did|went|came|saw|took|thought|knew|felt|stood|sat|began|could|\p{L}{3,}ed)$/u,
    ),
    present: share(/^(?:is|are|has|can|may|will|does|uses|provides|allows|needs|means)$/),
    persons: share(/^(?:he|she|him|her|his|hers|himself|herself)$/),
    because: share(
      /^(?:because|so|but|however|although|while|since|therefore|instead|also|why|example|when|if)$/,
    ),
  };
}

function of<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.length > 0 ? all.filter(test).length / all.length : 0;
}
