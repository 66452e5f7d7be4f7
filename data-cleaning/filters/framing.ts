import type { Candidate, Filter } from '../filter.js';

const THING =
  '(?:article|page|document|post|blog|blog post|guide|tutorial|topic|section|chapter|overview|paper|proposal|pep|eip|erc|rfc|kep|cip|mip|fip|bip|sip|sep|lesson|video|episode|talk|reference|recipe|how-to|howto|report|series|study|template|document|specification|standard|whitepaper|walkthrough|quickstart|module|example|sample|information|case study|playbook|interview|newsletter|content|course|unit|note|piece|release note)s?';
const OPENINGS = [
  new RegExp(
    `^(?:in )?(?:this|the following|the present|these) (?:[\\w-]+ ){0,2}?${THING}\\b`,
    'i',
  ),
  /^(?:an?|the|our|my) (?:[\w-]+ ){0,4}?(?:guide|introduction|overview|tutorial|look|list|collection|summary|walkthrough|discussion|recap|explanation|description|primer|reference|article|post|review|deep dive|how-to|faqs?|roundup|step-by-step)\b/i,
  /^(?:learn|find out|discover|read|see|explore|understand|get (?:started|an overview|to know|information|answers)|describes?|explains?|discusses|provides?|contains|covers|shows?|lists?|details|outlines|introduces|presents|demonstrates|summarizes|includes|gives|offers|answers|documents|defines|specifies|reviews|examines|looks? at|check out|review|familiarize|helps you|notes (?:the|that)|find|get details|advice on|acts as a reference)\b/i,
  /^(?:how|what|why|when|where|which) (?:to|is|are|do|does|can|you|we|i|the|your|it|a|an|\w+ (?:is|are|to|can|does))\b/i,
  /^(?:a (?:proposal|specification|standard) (?:to|for)|an exploration of|exploring|the beginning of a series|protocol and display|release notes|complete reference|(?:(?:comprehensive|complete|short|quick|practical|simple|detailed|step-by-step) )?guides? (?:to|for|on)|an index of|definitions (?:and|of)|instructions|insights? (?:into|on|and)|an insight|my experience|settings for|configuration (?:settings|options)|options (?:for|to)|here(?:'s| is| are)|in which|we (?:describe|discuss|explain|show how|look at)|overview of|introduction to|information (?:about|on|for)|details (?:about|on|of)|instructions? (?:for|on|to)|steps? (?:to|for)|(?:frequently asked )?questions|answers to|a(?:n)? .{0,20}(?:guide|introduction|overview) (?:to|of|for)|tips|guidance|documentation|reference|everything you need|all about|notes? (?:on|about)|summary of|description of|best practices|join us|watch|listen|this (?:is|describes|explains|shows|tells|covers|provides)|it (?:describes|explains))\b/i,
];
const INSIDE =
  /\b(?:in this|this) (?:article|page|post|blog post|document|guide|tutorial|topic|section|paper|chapter|video|pep|rfc|eip)\b|\byou(?:'ll| will) (?:learn|find|see|discover|understand|explore)\b|\b(?:learn|read|find out) (?:more|how|about|why|what)\b|\bwe(?:'ll| will) (?:learn|look|explore|discuss|cover|show|explain|walk)\b/i;
/** Points at another part of the page, which is not there where a summary is read. */
const POINTER =
  /\bthe following (?:[\w-]+ )?(?:table|list|section|topic|diagram|figure|illustration|example|code|procedure|steps|syntax|link|article)s?\b|\b(?:listed|described|shown|explained|discussed|outlined) (?:below|here)\b/i;

export class Framing implements Filter {
  readonly reason = 'framing';
  readonly severity = 'style';
  readonly description =
    'Sets apart summaries that talk about the document ("This article…", "Learn how to…", "the following table") instead of its content.';
  readonly thresholds = {};

  check({ summary }: Candidate): string | undefined {
    for (const opening of OPENINGS) {
      const found = opening.exec(summary);
      if (found) return `opens with "${found[0]}"`;
    }
    const inside = INSIDE.exec(summary) ?? POINTER.exec(summary);
    return inside ? `says "${inside[0]}"` : undefined;
  }
}
