import type { z } from 'zod';
import type { feedbackReport } from '../schemas/feedback.js';
import { type Database, query, type Row } from './database.js';

export type Report = z.infer<typeof feedbackReport>;

/** The latest word on each suggestion counts: a writer may change their mind. */
const sql = `
WITH latest AS (
  SELECT DISTINCT ON (suggestion_id) suggestion_id, action FROM feedback
  ORDER BY suggestion_id, given_at DESC, id DESC
), shown AS (
  SELECT type, length, model_name, model_version, action,
    to_char(shown_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
    least(floor(confidence * 10)::int, 9) AS bin
  FROM suggestions LEFT JOIN latest ON latest.suggestion_id = suggestions.id
  WHERE shown_at >= now() - make_interval(days => $1::int)
)
SELECT bin, type, length, model_name, model_version, day,
  count(*)::int AS shown,
  count(*) FILTER (WHERE action = 'accepted')::int AS accepted,
  count(*) FILTER (WHERE action = 'edited')::int AS edited,
  count(*) FILTER (WHERE action = 'dismissed')::int AS dismissed
FROM shown
GROUP BY GROUPING SETS ((), (bin), (type, length), (model_name, model_version), (day))
ORDER BY bin, type, length, model_name, model_version, day`;

/** Feedback on suggestions that nobody recorded: made up, or shown while the database was gone. */
const unmatched = `
SELECT count(DISTINCT suggestion_id)::int AS count FROM feedback
WHERE given_at >= now() - make_interval(days => $1::int)
  AND NOT EXISTS (SELECT FROM suggestions WHERE suggestions.id = feedback.suggestion_id)`;

export async function report(database: Database, days: number): Promise<Report> {
  const rows = await query(database, sql, [days]);
  const [orphans] = await query(database, unmatched, [days]);
  const having = (...names: string[]) =>
    rows.filter((row) => names.every((name) => row[name] !== null));
  const [total] = rows.filter((row) =>
    ['bin', 'type', 'model_name', 'day'].every((name) => row[name] === null),
  );
  return {
    days,
    total: tally(total ?? {}),
    byConfidence: having('bin').map((row) => ({
      from: row.bin / 10,
      to: (row.bin + 1) / 10,
      ...tally(row),
    })),
    byKind: having('type').map((row) => ({ type: row.type, length: row.length, ...tally(row) })),
    byModel: having('model_name').map((row) => ({
      model: { name: row.model_name, version: row.model_version },
      ...tally(row),
    })),
    byDay: having('day').map((row) => ({ day: row.day, ...tally(row) })),
    unmatched: orphans?.count ?? 0,
  };
}

function tally({ shown = 0, accepted = 0, edited = 0, dismissed = 0 }: Row) {
  const answered = accepted + edited + dismissed;
  const acceptance = answered === 0 ? null : (accepted + edited) / answered;
  return { shown, accepted, edited, dismissed, acceptance };
}
