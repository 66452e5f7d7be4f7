import type { Database } from './database.js';

/** Never change one that was released: add the next. */
const migrations = [
  `CREATE TABLE suggestions (
    id uuid PRIMARY KEY,
    shown_at timestamptz NOT NULL DEFAULT now(),
    document_hash text NOT NULL,
    model_name text NOT NULL,
    model_version text NOT NULL,
    type text NOT NULL,
    length text NOT NULL,
    confidence double precision NOT NULL,
    features jsonb NOT NULL,
    text text,
    owner text NOT NULL
  );
  CREATE INDEX suggestions_document_hash ON suggestions (document_hash);
  CREATE INDEX suggestions_shown_at ON suggestions (shown_at);
  CREATE TABLE feedback (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    suggestion_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('accepted', 'edited', 'dismissed')),
    text text,
    owner text NOT NULL,
    idempotency_key text,
    fingerprint text NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (owner, idempotency_key)
  );
  CREATE INDEX feedback_suggestion ON feedback (suggestion_id, given_at DESC, id DESC);
  CREATE INDEX feedback_given_at ON feedback (given_at);`,
];

/** Any number that no other program on the same database takes: the bytes of "precis". */
const LOCK = 0x707265636973;

/** Brings the tables to this version; several instances may do so at the same time. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction([
    { sql: `SELECT pg_advisory_xact_lock(${LOCK})` },
    { sql: 'CREATE TABLE IF NOT EXISTS precis_migrations (version integer PRIMARY KEY)' },
    ...migrations.map((sql, index) => ({
      sql: `DO $migration$ BEGIN
        IF NOT EXISTS (SELECT FROM precis_migrations WHERE version = ${index + 1}) THEN
          ${sql}
          INSERT INTO precis_migrations VALUES (${index + 1});
        END IF;
      END $migration$`,
    })),
  ]);
}
