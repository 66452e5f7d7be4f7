import { sha256 } from './digest.js';
import { ask } from './service.js';
import type { Settings } from './settings.js';

export interface Feedback {
  suggestionId: string;
  action: 'accepted' | 'edited' | 'dismissed';
  text?: string;
}

const PREFIX = 'feedback.';
/** Waiting feedback takes a property each; the writer's properties hold 500 kB. */
const MOST_WAITING = 30;
/** A call of the sidebar may send so many that waited, so that it stays short. */
const MOST_AT_ONCE = 3;
/** `text` of the service. */
const MOST_TEXT = 2000;

/** Says what became of a suggestion. What can't be sent now waits, and goes with the next call. */
export function give(settings: Settings, { text, ...feedback }: Feedback): void {
  const given = text === undefined ? feedback : { ...feedback, text: text.slice(0, MOST_TEXT) };
  // The same name for the same words: a retry is stored once.
  const name = sha256(JSON.stringify(given)).slice(0, 32);
  if (!send(settings, name, given)) keep(name, given);
}

/** Sends what waited. */
export function sendWaiting(settings: Settings): void {
  const properties = PropertiesService.getUserProperties();
  for (const name of waiting().slice(0, MOST_AT_ONCE)) {
    const value = properties.getProperty(PREFIX + name);
    if (value !== null && !send(settings, name, JSON.parse(value) as Feedback)) return;
    properties.deleteProperty(PREFIX + name);
  }
}

/** @returns whether there is nothing more to do about it. */
function send(settings: Settings, name: string, feedback: Feedback): boolean {
  const answer = ask(settings, 'post', '/v1/feedback', feedback, { 'Idempotency-Key': name });
  if ('body' in answer) return true;
  // What the service refuses today it refuses tomorrow.
  return answer.problem.code === 'failed' || answer.problem.code === 'scope';
}

function keep(name: string, feedback: Feedback): void {
  if (waiting().length >= MOST_WAITING) return;
  PropertiesService.getUserProperties().setProperty(PREFIX + name, JSON.stringify(feedback));
}

const waiting = () =>
  PropertiesService.getUserProperties()
    .getKeys()
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
