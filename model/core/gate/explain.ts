import type { Verdict } from '../gate.js';
import type { Explanation, Reason } from '../suggestion.js';
import type { Assessment } from './suitability.js';
import type { GateWeights } from './weights.js';

/** Features below this part of the log-odds are left out: they decided nothing. */
const LEAST = 0.05;
const MOST_FEATURES = 15;
const MOST_KINDS = 5;

/** What the gate saw and which rule decided. */
export function explain(
  reason: Reason | null,
  assessment: Assessment | undefined,
  verdict: Verdict | undefined,
  gate: GateWeights | undefined,
): Explanation {
  const strongest = (list: Verdict['contributions']) =>
    list.filter(({ contribution }) => Math.abs(contribution) >= LEAST).slice(0, MOST_FEATURES);
  return {
    rule: rule(reason, assessment, verdict, gate),
    suitability:
      assessment && gate
        ? {
            probability: assessment.suitability,
            threshold: gate.suitability.threshold,
            distance: assessment.distance,
            kinds: assessment.kinds
              .slice(0, MOST_KINDS)
              .map(([kind, probability]) => ({ kind, probability })),
            features: strongest(assessment.contributions),
          }
        : null,
    confidence: verdict
      ? {
          probability: verdict.confidence,
          threshold: verdict.threshold,
          features: strongest(verdict.contributions),
        }
      : null,
    ungrounded: verdict?.ungrounded ?? [],
    flips: verdict?.flips ?? [],
  };
}

const share = (p: number) => p.toFixed(2);

function rule(
  reason: Reason | null,
  assessment: Assessment | undefined,
  verdict: Verdict | undefined,
  gate: GateWeights | undefined,
): string {
  switch (reason) {
    case null:
      return `shown: confidence ${share(verdict?.confidence ?? 0)} is at least ${share(verdict?.threshold ?? 0)}, the text is finished and grounded`;
    case 'empty':
      return 'the document has no letter or digit';
    case 'too_short':
      return 'the document has fewer than 20 words';
    case 'unsupported_language':
      return "the document is not in a language of the bundle's list";
    case 'unsuitable_document':
      return `the document is prose with a probability of ${share(assessment?.suitability ?? 0)}, at least ${share(gate?.suitability.threshold ?? 0)} is needed; it looks most like ${assessment?.kind}`;
    case 'low_confidence':
      return `confidence ${share(verdict?.confidence ?? 0)} is below ${share(verdict?.threshold ?? 0)}`;
    case 'unfinished':
      return 'what was written does not end in a finished sentence';
    case 'not_grounded':
      return `the document does not have: ${verdict?.ungrounded.join(', ')}`;
  }
}
