/** A value bound to `{name:Type}` in a statement. The engine binds it; it never enters the SQL text. */
export type LakeParam = string | number | bigint | boolean | null | readonly (string | number | bigint)[];

export interface QueryOptions {
  /** Bounds on one statement; the driver's defaults hold when absent. */
  readonly maxSeconds?: number;
  readonly maxMemoryBytes?: number;
  /**
   * Work that nobody waits for: it never holds up a statement of people, and its threads give way to theirs where the
   * system lets the engine say so.
   */
  readonly background?: boolean;
  /** For whom: of several who are named each is next in turn. */
  readonly of?: string;
}

/**
 * Rows as one Arrow IPC stream. `columns` are the target's columns; `select` is the expression that makes the
 * column from the Arrow columns, and is the column itself when absent.
 * Example: `{ name: '_misfit', select: "JSONExtract(_misfit, 'Map(String, String)')" }`.
 */
export interface InsertBatch {
  /** As written in SQL: `tiltmeter.labels`. */
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly select?: string }[];
  readonly arrow: Uint8Array;
  readonly rows: number;
}

/**
 * The lake: events, profiles, signals. One dialect (ClickHouse SQL); both drivers pass one contract suite.
 * Every failure is a TiltmeterError: store_unavailable, disk_full, query_too_large or internal.
 */
export interface Lake {
  /** Name of the ClickHouse cluster its tables are replicated on; absent on one machine. */
  readonly cluster?: string;
  /** Rows as plain objects: 64-bit integers and floats as numbers, NaN as null, DateTime64 as text in UTC. */
  query<Row>(sql: string, params?: Record<string, LakeParam>, options?: QueryOptions): Promise<Row[]>;
  /** Resolves once the rows are stored with fsync, all or none of them. */
  insert(batch: InsertBatch, options?: Pick<QueryOptions, 'background' | 'of'>): Promise<void>;
  /** A statement without a result: DDL, INSERT … SELECT. Resolves when it is done. */
  command(sql: string, params?: Record<string, LakeParam>, options?: QueryOptions): Promise<void>;
  /** Tables that were gone and were made again, empty, since the start; the newest last. */
  remade?(): readonly { readonly table: string; readonly at: number }[];
  /** Waits for running statements (bounded), then lets go of the store. Idempotent. */
  close(): Promise<void>;
}
