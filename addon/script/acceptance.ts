import type { AcceptReply, AcceptRequest, Problem, RemoveReply, Standing } from '../contract.js';
import { give } from './feedback.js';
import { forgetRecord, readRecord, writeRecord } from './record.js';
import { readSettings } from './settings.js';
import { isSubstantial, sketch } from './sketch.js';
import { findOther, removeSection, writeSection } from './summary.js';
import { type Active, activeTab, read } from './tab.js';

/** A second click, or a colleague's, waits so long for the first one's insertion. */
const LOCK_MILLISECONDS = 10_000;

/** Inserts a summary, or updates the one that stands, unless something is in the way. */
export function accept(request: AcceptRequest): AcceptReply {
  return locked<AcceptReply>(() => {
    const active = activeTab();
    const { reading, section } = read(active);
    const { suggestionId, text, edited, fingerprint, despite } = request;
    if (reading.fingerprint !== fingerprint && !despite.includes('document_changed')) {
      return { state: 'conflict', conflict: 'document_changed' };
    }
    if (section && section.hash !== readRecord(active.id)?.hash) {
      if (!despite.includes('summary_edited')) {
        return { state: 'conflict', conflict: 'summary_edited' };
      }
    }
    const other = section ? null : findOther(active.tab);
    if (other?.text && !despite.includes('other_summary')) {
      return { state: 'conflict', conflict: 'other_summary' };
    }
    const written = writeSection(active.tab, section ?? other, text);
    // Read again: a section taken over was part of the document before.
    const { blocks } = other ? read(active).reading : reading;
    writeRecord(active.id, { hash: written.hash, sketch: sketch(blocks) });
    const settings = readSettings();
    const action = edited ? 'edited' : 'accepted';
    if (settings) give(settings, { suggestionId, action, ...(edited ? { text } : {}) });
    return { state: 'inserted', standing: { text: written.text, edited: false, stale: false } };
  });
}

export function removeSummary(): RemoveReply {
  return locked<RemoveReply>(() => {
    const active = activeTab();
    const { section } = read(active);
    if (section) removeSection(active.tab, section);
    forgetRecord(active.id);
    return { state: 'removed' };
  });
}

/** The summary that stands in the tab, and whether one that stood there is gone. */
export function standing(active: Active): { standing: Standing | null; removed: boolean } {
  const record = readRecord(active.id);
  const { section, reading } = read(active);
  if (!section) return { standing: null, removed: record !== null };
  const edited = section.hash !== record?.hash;
  const stale = record !== null && isSubstantial(record.sketch, sketch(reading.blocks));
  return { standing: { text: section.text, edited, stale }, removed: false };
}

function locked<T>(work: () => T | { state: 'problem'; problem: Problem }) {
  const lock = LockService.getDocumentLock();
  if (!lock.tryLock(LOCK_MILLISECONDS)) {
    return { state: 'problem' as const, problem: { code: 'busy_document' as const } };
  }
  try {
    return work();
  } catch (error) {
    return { state: 'problem' as const, problem: problemOfDocument(error) };
  } finally {
    lock.releaseLock();
  }
}

/** Docs has no codes for its exceptions either. */
function problemOfDocument(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = /permission|not allowed|read.?only|access/i.test(message) ? 'read_only' : 'failed';
  return { code, message };
}
