export interface Statement {
  sql: string;
  values?: readonly unknown[] | undefined;
}

/** PostgreSQL, embedded or on a server: what is asked is the same SQL. */
export interface Database {
  /** Statements in one transaction; the rows that each gave. */
  transaction(statements: readonly Statement[]): Promise<Row[][]>;
  close(): Promise<void>;
  /** Whether it has to be opened again. */
  readonly lost?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: what a row holds depends on its SQL
export type Row = Record<string, any>;

export async function query(
  database: Database,
  sql: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  const [rows = []] = await database.transaction([{ sql, values }]);
  return rows;
}
