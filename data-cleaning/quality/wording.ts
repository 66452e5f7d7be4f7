import { words } from '../words.js';

const VERB =
  /\b(?:is|are|was|were|has|have|had|can|could|will|would|should|must|may|does|do|did|isn't|aren't|can't|cannot|don't|doesn't|needs?|lets?|allows?|enables?|supports?|requires?|means|makes?|becomes?|contains?|works?|helps?|gives?|shows?|adds?|provides?|includes?)\b/i;
const ABOUT =
  /\b(?:information|details?|overview|introduction|guide|article|topics?|instructions?|tutorial|how|steps?|basics|concepts?|tips|best practices|examples?|discussion|explanation|description|summary|learn|about|various|available|related)\b/gi;
const PRAISE =
  /\b(?:easy|easily|simple|simply|quickly|powerful|seamless(?:ly)?|exciting|amazing|great|best|new|innovative|perfect|awesome|beautiful|favorite|unlock|boost|effortless(?:ly)?|ultimate|love|fun)\b/gi;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Shares and flags of a summary's words, whatever the document. */
export function wording(summary: string): Record<string, number> {
  const list = words(summary);
  const total = Math.max(1, list.length);
  const inner = summary.replace(/(?:^|[.!?]\s+)\S+/g, ' ');
  return {
    verb: VERB.test(summary) ? 1 : 0,
    about_words: count(summary, ABOUT) / total,
    praise_words: count(summary, PRAISE) / total,
    second_person: count(summary, /\b(?:you|your|yours|you're|you'll)\b/gi) / total,
    first_person: count(summary, /\b(?:we|our|us|i|my|we're|we'll|i'm|i've|we've)\b/gi) / total,
    numbers: count(summary, /\b\d[\d.,]*\b/g) / total,
    names: count(inner, /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*/gu) / total,
    commas: count(summary, /,/g) / total,
    reasons:
      /\b(?:because|since|so that|in order to|due to|by \w+ing|instead of|rather than|when|if|which|that|while|but|without)\b/i.test(
        summary,
      )
        ? 1
        : 0,
    question: summary.includes('?') ? 1 : 0,
    exclamation: summary.includes('!') ? 1 : 0,
    colon: /[:;]/.test(summary) ? 1 : 0,
    brackets: /[()[\]]/.test(summary) ? 1 : 0,
    dash: /\s[-\u2013\u2014]\s/.test(summary) ? 1 : 0,
    word_length: list.join('').length / total / 10,
  };
}

const OPENINGS: Record<string, RegExp> = {
  gerund: /^\w{2,}ing\b/i,
  third_person_verb:
    /^(?:\w+(?:ly) )?(?:add|allow|creat|defin|enabl|provid|describ|explain|specif|contain|support|return|show|set|get|updat|manag|us|configur|list|introduc|propos|run|display|retriev|remov|indicat|represent|enumerat|determin|send|give|convert)(?:e?s)\b/i,
  imperative:
    /^(?:use|create|add|configure|set|get|manage|build|run|install|deploy|enable|connect|make|find|view|define|update|write|change|choose|edit|delete|import|export|select|start|track|understand|work|monitor|test|customi[sz]e|integrate|secure|improve|implement|migrate|identify|troubleshoot|resolve|fix|apply|assign|specify|send|share|publish|upload|download|see|learn|let|take|keep|try|follow)\b/i,
  article: /^(?:an?|the)\b/i,
  pronoun: /^(?:we|i|our|my)\b/i,
  you: /^(?:you|your)\b/i,
  this: /^(?:this|these|that|those|it|here)\b/i,
  question: /^(?:how|what|why|when|where|which|who)\b/i,
  condition: /^(?:if|when|while|because|since|although|after|before|for|in|on|with|to|as|at|by)\b/i,
  name: /^(?:\p{Lu}[\p{L}\p{N}]*[\p{Lu}\p{N}]\S*|\p{Lu}\S+ \p{Lu})/u,
};

/** Kinds of words that a summary opens with. */
export function openingKinds(summary: string): string[] {
  return Object.keys(OPENINGS).filter((kind) => OPENINGS[kind]?.test(summary));
}
