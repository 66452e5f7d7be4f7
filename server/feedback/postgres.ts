import pg from 'pg';
import type { Database } from './database.js';

/** A server that does not answer within these is gone, for the caller. */
const CONNECT_MILLISECONDS = 3000;
const QUERY_MILLISECONDS = 10_000;

/** A PostgreSQL server. Connects when it is first asked, and again after it was away. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
    application_name: 'precis',
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return {
    async transaction(statements) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        const [only] = statements;
        if (statements.length === 1 && only) {
          return [(await client.query(only.sql, [...(only.values ?? [])])).rows];
        }
        await client.query('BEGIN');
        const rows = [];
        for (const { sql, values = [] } of statements) {
          rows.push((await client.query(sql, [...values])).rows);
        }
        await client.query('COMMIT');
        return rows;
      } catch (error) {
        broken = error as Error;
        throw error;
      } finally {
        // A connection in an unknown state is thrown away, and its transaction with it.
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
