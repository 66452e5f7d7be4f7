import pg from 'pg';
import PgBoss from 'pg-boss';
import type { Document } from '../../documents/index.js';
import type { Outcome, SuggestOptions } from '../../server/suggester.js';
import { Failure } from '../failure.js';

export const SCHEMA = 'precis_queue';
export const DOCUMENTS = 'documents';
export const DEAD = 'dead-documents';
/** Seconds a document may be with a worker: a hundred times what the slowest takes on one core. */
const EXPIRE_SECONDS = Number(process.env.PRECIS_QUEUE_EXPIRE_SECONDS ?? 60);
/** Attempts after the first: a document that ends three workers is not given to a fourth. */
const RETRIES = 2;
/** Seconds between two looks for documents whose worker has gone. */
const MAINTENANCE_SECONDS = Math.min(10, Math.ceil(EXPIRE_SECONDS / 2));

export interface DocumentJob {
  key: string;
  document: Document;
  options: Omit<SuggestOptions, 'signal'>;
}

export interface Result {
  key: string;
  outcome: Outcome;
}

/** The queue in a PostgreSQL database: documents wait in pg-boss, answers in a table beside it. */
export class Queue {
  private constructor(
    readonly boss: PgBoss,
    private readonly pool: pg.Pool,
  ) {}

  static async open(url: string): Promise<Queue> {
    const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'precis' });
    // Without a listener a lost connection would end the process; the next query reports it.
    pool.on('error', () => {});
    const db = {
      executeSql: (text: string, values: unknown[]) => pool.query(text, values),
    };
    const boss = new PgBoss({
      db: db as unknown as PgBoss.Db,
      schema: SCHEMA,
      schedule: false,
      maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
    });
    boss.on('error', () => {});
    try {
      await oneByOne(pool, async () => {
        await boss.start();
        await boss.createQueue(DEAD);
        const options = { name: DOCUMENTS, retryLimit: RETRIES, expireInSeconds: EXPIRE_SECONDS };
        await boss.createQueue(DOCUMENTS, { ...options, deadLetter: DEAD });
        await pool.query(TABLES);
      });
      return new Queue(boss, pool);
    } catch (error) {
      await boss.stop({ graceful: false, wait: false }).catch(() => {});
      await pool.end();
      const { message, code } = error as Error & { code?: string };
      throw new Failure(`the queue's database cannot be used: ${message || code}`);
    }
  }

  /** Puts a document in, unless it is there already. */
  async send(job: DocumentJob): Promise<void> {
    const id = idOf(job.key);
    const options = { id, retryLimit: RETRIES, expireInSeconds: EXPIRE_SECONDS, deadLetter: DEAD };
    if (await this.boss.send(DOCUMENTS, job, options)) return;
    const found = await this.boss.getJobById<DocumentJob>(DOCUMENTS, id);
    if (found && ['created', 'retry', 'active'].includes(found.state)) return;
    // Done by an earlier run that did not live to take the answer, or given up by it.
    await this.boss.deleteJob(DOCUMENTS, id);
    await this.boss.send(DOCUMENTS, job, options);
  }

  /** Documents for a worker, which are its own for EXPIRE_SECONDS. */
  fetch(count: number): Promise<PgBoss.Job<DocumentJob>[]> {
    return this.boss.fetch<DocumentJob>(DOCUMENTS, { batchSize: count });
  }

  /** Keeps an answer once, however often the document was done. */
  async finish(id: string, { key, outcome }: Result): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${SCHEMA}.answers (key, outcome) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [key, JSON.stringify(outcome)],
    );
    await this.boss.complete(DOCUMENTS, id);
  }

  /** Gives a document back for another attempt; after the last it lies with the dead ones, with the reason. */
  async fail(id: string, message: string): Promise<void> {
    await this.boss.fail(DOCUMENTS, id, { message });
  }

  async answers(keys: string[]): Promise<Result[]> {
    const sql = `SELECT key, outcome FROM ${SCHEMA}.answers WHERE key = ANY($1)`;
    return (await this.pool.query<Result>(sql, [keys])).rows;
  }

  async forget(keys: string[]): Promise<void> {
    await this.pool.query(`DELETE FROM ${SCHEMA}.answers WHERE key = ANY($1)`, [keys]);
  }

  /** Documents of these keys that nobody will try again, with the last reason. */
  async dead(keys: string[]): Promise<{ key: string; reason: string }[]> {
    const sql = `SELECT id, output FROM ${SCHEMA}.job
      WHERE name = $1 AND state = 'failed' AND id = ANY($2::uuid[])`;
    const byId = new Map(keys.map((key) => [idOf(key), key]));
    const { rows } = await this.pool.query(sql, [DOCUMENTS, [...byId.keys()]]);
    return rows.map(({ id, output }) => ({
      key: byId.get(id) as string,
      reason: reasonOf(output),
    }));
  }

  async status() {
    const { rows } = await this.pool.query<{ state: string; count: string }>(
      `SELECT state, count(*) FROM ${SCHEMA}.job WHERE name = $1 GROUP BY state`,
      [DOCUMENTS],
    );
    const counts = Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
    const deadJobs = await this.pool.query(
      `SELECT output, count(*)::int FROM ${SCHEMA}.job WHERE name = $1 AND state = 'failed' GROUP BY output`,
      [DOCUMENTS],
    );
    const reasons = deadJobs.rows.map(({ output, count }) => ({ reason: reasonOf(output), count }));
    const { created = 0, retry = 0, active = 0, completed = 0 } = counts;
    return { waiting: created + retry, active, completed, dead: counts.failed ?? 0, reasons };
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: false, wait: true }).catch(() => {});
    await this.pool.end();
  }
}

/** Workers that start together would deadlock while they make the same tables. */
async function oneByOne(pool: pg.Pool, setUp: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [SCHEMA]);
    await setUp();
  } finally {
    // Closing the connection gives the lock back, whatever state it is in.
    client.release(true);
  }
}

/** Answers that no run took within a week belong to a run that nobody took up again. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.answers (
    key text PRIMARY KEY,
    outcome jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
  DELETE FROM ${SCHEMA}.answers WHERE at < now() - interval '7 days'`;

/** A job's id is its document's key, so that no document waits twice. */
export function idOf(key: string): string {
  return key.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function reasonOf(output: unknown): string {
  const { message, value } = (output ?? {}) as { message?: string; value?: { message?: string } };
  const reason = message ?? value?.message ?? 'unknown';
  return /timeout|expire/i.test(reason) ? 'its workers ended or hung while they had it' : reason;
}
