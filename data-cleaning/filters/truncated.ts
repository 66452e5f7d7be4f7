import type { Candidate, Filter } from '../filter.js';

const DANGLING =
  /(?:^|\s)(?:a|an|the|and|or|but|of|to|in|on|for|with|by|from|at|as|is|are|was|were|be|that|which|this|these|its|their|your|our|can|will|into|than|if|when|such|not|using|including|via|between)\.?$/i;

/** With a full stop of the author's own a sentence may end in a preposition ("a service you sign up for."). */
const CUT = /\s(?:a|an|the|and|or|but|of|its|their|your|our|than|which|such)\.?$/i;

export class Truncated implements Filter {
  readonly reason = 'truncated';
  readonly severity = 'summary';
  readonly description =
    'Drops summaries that were cut off: the model would learn to stop in mid-sentence.';
  readonly thresholds = {};

  check({ rawSummary, summary }: Candidate): string | undefined {
    if (/(\.\.\.?|\u2026|\[\.\.\.\]|\[\u2026\])\s*["')\]]*\s*$/.test(rawSummary))
      return 'ends with an ellipsis';
    if (/[,;:(\-\u2013\u2014&/]$/.test(summary)) return `ends with ${summary.at(-1)}`;
    const stopped = /[.!?]["')]*\s*$/.test(rawSummary);
    if (
      (stopped ? CUT : DANGLING).test(summary) &&
      !/\b(?:log|sign|opt|plug|built|turn|switch)[- ](?:in|on|by|to)\.?$/i.test(summary)
    ) {
      return `ends with "${summary.split(' ').at(-1)}"`;
    }
    const open = (summary.match(/\(/g)?.length ?? 0) - (summary.match(/\)/g)?.length ?? 0);
    return open > 0 ? 'a bracket stays open' : undefined;
  }
}
