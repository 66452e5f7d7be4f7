import { createHash } from 'node:crypto';
import { invalidField } from '../errors.js';
import type { FeedbackRequest } from '../schemas/feedback.js';
import type { Shown } from '../suggestions.js';
import { type Database, query } from './database.js';

/** A suggestion that was shown, as it is recorded. */
export interface SuggestionRecord {
  id: string;
  shown_at: string;
  document_hash: string;
  model_name: string;
  model_version: string;
  type: string;
  length: string;
  confidence: number;
  features: Record<string, number | null>;
  text: string | null;
  owner: string;
}

/** @param texts whether the operator wants texts in the database. */
export function toRecord(shown: Shown, texts: boolean): SuggestionRecord | null {
  const { suggestion, model, documentHash } = shown.summary;
  if (!suggestion) return null;
  return {
    id: suggestion.id,
    shown_at: new Date().toISOString(),
    document_hash: documentHash,
    model_name: model.name,
    model_version: model.version,
    type: suggestion.type,
    length: shown.options.length,
    confidence: suggestion.confidence,
    features: featuresOf(shown.diagnostics),
    text: texts ? storable(suggestion.text) : null,
    owner: shown.key ?? '',
  };
}

/** The numbers among the model's diagnostics; its texts are texts of the document. */
function featuresOf(diagnostics: unknown): Record<string, number | null> {
  const entries = Object.entries(diagnostics ?? {});
  return Object.fromEntries(
    entries.filter(([, value]) => value === null || Number.isFinite(value)),
  ) as Record<string, number | null>;
}

/** PostgreSQL stores no U+0000 and no half of a surrogate pair. */
const storable = (text: string) => Buffer.from(text.replaceAll('\0', '')).toString();

export async function insertSuggestions(
  database: Database,
  records: readonly SuggestionRecord[],
): Promise<void> {
  await query(
    database,
    `INSERT INTO suggestions SELECT * FROM jsonb_populate_recordset(NULL::suggestions, $1::text::jsonb)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(records)],
  );
}

export interface NewFeedback extends FeedbackRequest {
  owner: string;
  idempotencyKey: string | null;
}

/**
 * Stores feedback once for each idempotency key.
 *
 * @returns whether it is new. @throws ServiceError 422 when the key was used for something else.
 */
export async function insertFeedback(
  database: Database,
  given: NewFeedback,
  texts: boolean,
): Promise<boolean> {
  const { suggestionId, action, text, owner, idempotencyKey } = given;
  const content = JSON.stringify([suggestionId.toLowerCase(), action, text ?? null]);
  const fingerprint = createHash('sha256').update(content).digest('hex');
  const kept = texts && text !== undefined ? storable(text) : null;
  const values = [suggestionId, action, kept, owner, idempotencyKey, fingerprint];
  // Twice: the row in the way may have come between the start of the statement and its insert.
  for (let attempt = 0; attempt < 2; attempt++) {
    const [row] = await query(
      database,
      `WITH added AS (
         INSERT INTO feedback (suggestion_id, action, text, owner, idempotency_key, fingerprint)
         VALUES ($1::text::uuid, $2, $3, $4, $5, $6)
         ON CONFLICT (owner, idempotency_key) DO NOTHING RETURNING id
       )
       SELECT (SELECT count(*) FROM added)::int AS added,
         (SELECT fingerprint FROM feedback WHERE owner = $4 AND idempotency_key = $5) AS earlier`,
      values,
    );
    if (row?.added === 1) return true;
    if (row?.earlier === fingerprint) return false;
    if (row?.earlier) break;
  }
  const expected = 'a key of its own for each feedback';
  throw invalidField('idempotency-key', expected, 'was used for other feedback');
}

export async function eraseDocument(database: Database, documentHash: string) {
  const [feedback = [], suggestions = []] = await database.transaction([
    {
      sql: `DELETE FROM feedback WHERE suggestion_id IN
        (SELECT id FROM suggestions WHERE document_hash = $1) RETURNING id`,
      values: [documentHash],
    },
    {
      sql: 'DELETE FROM suggestions WHERE document_hash = $1 RETURNING id',
      values: [documentHash],
    },
  ]);
  return { suggestions: suggestions.length, feedback: feedback.length };
}

/** Deletes what is older than the operator keeps it. */
export async function forgetOld(database: Database, days: number): Promise<void> {
  await database.transaction([
    {
      sql: `DELETE FROM feedback WHERE given_at < now() - make_interval(days => $1::int)`,
      values: [days],
    },
    {
      sql: `DELETE FROM suggestions WHERE shown_at < now() - make_interval(days => $1::int)`,
      values: [days],
    },
  ]);
}
