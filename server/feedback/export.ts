import { type Database, query, type Row } from './database.js';

const PAGE = 1000;
const FIRST = '00000000-0000-0000-0000-000000000000';
const verdicts: Record<string, string> = {
  accepted: 'accept',
  edited: 'edit',
  dismissed: 'dismiss',
};

const sql = `
SELECT suggestions.*, latest.action, latest.text AS edited_text, latest.given_at
FROM suggestions JOIN LATERAL (
  SELECT action, text, given_at FROM feedback WHERE suggestion_id = suggestions.id
  ORDER BY given_at DESC, id DESC LIMIT 1
) latest ON true
WHERE suggestions.id > $1::text::uuid AND shown_at >= now() - make_interval(days => $2::int)
ORDER BY suggestions.id LIMIT ${PAGE}`;

/** A line for each suggestion with feedback, in the form that `distill calibrate` reads. */
export async function* exportLines(database: Database, days: number): AsyncGenerator<string> {
  for (let after = FIRST; ; ) {
    const rows = await query(database, sql, [after, days]);
    for (const row of rows) yield `${JSON.stringify(line(row))}\n`;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

function line(row: Row) {
  return {
    id: row.id,
    verdict: verdicts[row.action],
    confidence: row.confidence,
    ...row.features,
    model: { name: row.model_name, version: row.model_version },
    type: row.type,
    length: row.length,
    documentHash: row.document_hash,
    shownAt: row.shown_at,
    givenAt: row.given_at,
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.edited_text === null ? {} : { editedText: row.edited_text }),
  };
}
