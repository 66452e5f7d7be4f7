import type { Calls, SettingsReply, SettingsRequest, Status } from '../contract.js';
import { accept, removeSummary, standing } from './acceptance.js';
import { give } from './feedback.js';
import { showSource } from './selection.js';
import { ask } from './service.js';
import { parseAddress, readSettings, writeSettings } from './settings.js';
import { suggest } from './suggestion.js';
import { activeTab } from './tab.js';

export { onInstall, onOpen, openSettings, openSidebar } from './menu.js';
export { accept, removeSummary, showSource, suggest };

export function status(): Status {
  const settings = readSettings();
  const address = settings?.address ?? null;
  const hasKey = settings !== null && settings.key !== null;
  return { state: 'status', address, hasKey, ...standing(activeTab()) };
}

export function dismiss(suggestionId: string): { state: 'dismissed' } {
  const settings = readSettings();
  if (settings) give(settings, { suggestionId, action: 'dismissed' });
  return { state: 'dismissed' };
}

/** Keeps the settings when a service answers there. */
export function saveSettings({ address: given, key: typed }: SettingsRequest): SettingsReply {
  const address = parseAddress(given);
  if (typeof address !== 'string') return { state: 'problem', problem: address };
  const before = readSettings();
  // A key goes to the service it was given for, and to no other.
  const kept = before?.address === address ? before.key : null;
  const key = typed === null ? kept : typed.trim() || null;
  const answer = ask({ address, key }, 'get', '/v1/info');
  if ('problem' in answer) return { state: 'problem', problem: answer.problem };
  const { model } = (answer.body ?? {}) as { model?: { name: string; version: string } };
  if (!model?.name) {
    const message = 'Its answer names no model.';
    return { state: 'problem', problem: { code: 'not_precis', message } };
  }
  writeSettings({ address, key });
  return { state: 'saved', model: `${model.name} ${model.version}` };
}

/** Every function that the sidebar calls is here. */
({ status, suggest, accept, dismiss, showSource, removeSummary, saveSettings }) satisfies Calls;
