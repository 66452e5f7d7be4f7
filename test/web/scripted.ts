import { type Document, renderText, sourceRange } from '../../documents/index.js';
import type { Outcome, Suggester, SuggesterInfo, SuggestOptions } from '../../server/suggester.js';
import { FakeSuggester } from '../server/fake.js';

const RECIPE = /\b(preheat|simmer|tablespoons?)\b/i;
/** Below it a document is too short for the fake. */
const WORDS = 12;

/**
 * Suggests the first sentence of the first paragraph, naming it as its source; withholds for recipes
 * and for short texts. Answers when `gate` opens.
 */
export class ScriptedSuggester extends FakeSuggester implements Suggester {
  confidence = 0.83;

  constructor(private readonly bundle?: string) {
    super();
  }

  override info(): SuggesterInfo {
    return { ...super.info(), bundle: this.bundle };
  }

  /** How many documents it was asked about. */
  get asked(): number {
    return this.calls.length;
  }

  override async suggest(document: Document, options?: SuggestOptions): Promise<Outcome> {
    const outcome = await super.suggest(document, options);
    const rendered = renderText(document);
    const { text } = rendered;
    const words = text.split(/\s+/).filter(Boolean).length;
    if (words === 0) return { ...outcome, suggestion: null, reason: 'empty' };
    if (RECIPE.test(text)) {
      const reason = 'unsuitable_document' as const;
      return { ...outcome, suggestion: null, reason, documentType: 'recipe' };
    }
    if (words < WORDS) return { ...outcome, suggestion: null, reason: 'too_short' };
    const sentence = /[^.!?\n]{20,}[.!?]/.exec(text)?.[0].trim() ?? text;
    const at = text.indexOf(sentence);
    const range = sourceRange(rendered, at, at + sentence.length) ?? { start: 0, end: 0 };
    const source = { ...range, text: document.source.slice(range.start, range.end) };
    const suggestion = {
      text: sentence,
      type: 'tldr' as const,
      confidence: this.confidence,
      sources: [source],
    };
    return { ...outcome, suggestion, reason: null, documentType: null };
  }
}
