import type { Candidate, Filter } from '../filter.js';

const HOOK =
  /\?|!$|!\s|\b(?:click here|sign up|subscribe|stay tuned|coming soon|don't miss|join us|come join|check (?:it|this|out)|we're (?:excited|happy|thrilled|proud|pleased)|we are (?:excited|happy|thrilled|proud|pleased)|i'm (?:excited|happy)|read on|here(?:'s| is| are) (?:everything|how|why|what|our|my|a)|follow along|easier than ever|meet (?:the|our|other)|get involved|we just (?:pushed|released)|see (?:below|more)|happy to announce|pleased to announce|excited to announce|best-in-class|world-class|cutting-edge|game-chang(?:er|ing)|revolutioni[sz]e|next level|supercharge|must-have|one-stop|look no further|limited time|free trial|buy now|contact us|get started today)\b/i;

export class Teaser implements Filter {
  readonly reason = 'teaser';
  readonly severity = 'style';
  readonly description =
    'Sets apart hooks and questions that ask for a click instead of saying something.';
  readonly thresholds = {};

  check({ summary }: Candidate): string | undefined {
    const hook = HOOK.exec(summary);
    return hook ? `says "${hook[0].trim()}"` : undefined;
  }
}
