import type { Reason, SuggestReply } from '../contract.js';
import { sendWaiting } from './feedback.js';
import { ask } from './service.js';
import { readSettings } from './settings.js';
import { activeTab, read } from './tab.js';

/** The service's answer, as far as it is used here. */
interface Summary {
  suggestion: {
    id: string;
    text: string;
    confidence: number;
    sources: { start: number; end: number; text: string }[];
  } | null;
  reason: Reason | null;
  documentType: string | null;
  input: { truncated: boolean };
}

/** Reads the tab and asks the service for a summary of it. */
export function suggest(): SuggestReply {
  const settings = readSettings();
  if (!settings) return { state: 'setup' };
  const { title, rendered, fingerprint } = read(activeTab()).reading;
  if (rendered.text === '') return { state: 'withheld', reason: 'empty', documentType: null };
  const document = { text: rendered.text, format: 'markdown', ...(title ? { title } : {}) };
  const answer = ask(settings, 'post', '/v1/summaries', { document });
  if ('problem' in answer) return { state: 'problem', problem: answer.problem };
  const { body } = answer;
  if (!isSummary(body)) {
    const message = 'Its answer has no summary in it.';
    return { state: 'problem', problem: { code: 'not_precis', message } };
  }
  sendWaiting(settings);
  const { suggestion, reason, documentType, input } = body;
  if (!suggestion) return { state: 'withheld', reason: reason ?? 'low_confidence', documentType };
  const { id, text, confidence, sources } = suggestion;
  const { truncated } = input;
  return {
    state: 'suggestion',
    suggestion: { id, text, confidence, sources, fingerprint, truncated },
  };
}

function isSummary(body: unknown): body is Summary {
  const { suggestion, input } = (body ?? {}) as Partial<Summary>;
  if (suggestion === undefined || input === undefined) return false;
  return suggestion === null || (typeof suggestion.text === 'string' && !!suggestion.sources);
}
