import type { HeldTable } from '../../tables/columns/held-table.ts';
import type { Stored } from '../../tables/rules/facts.ts';

/** A column as it lies in the file. */
export interface SourceColumn {
  readonly name: string;
  /** The engine's name of the column, quoted. */
  readonly raw: string;
  /** The SQL expression that reads it: text in delimited and JSON files (trimmed), typed in Parquet and Arrow. */
  readonly sql: string;
  /** Spaces around the text mean nothing, `sql` takes them off `raw`. */
  readonly trimmed: boolean;
  readonly stored: Stored;
}

/** A table in one or many files of one layout, not yet read. */
export interface Table {
  /** How people know it: the path or glob as given. */
  readonly label: string;
  /** What stands behind FROM. */
  readonly relation: string;
  /** What stands behind FROM to read the lines as such, where a row is a line and those that are none are passed over. */
  readonly lines?: string;
  /** Delimited text, for those who look for what is wrong with it. */
  readonly text?: {
    /** What stands behind FROM to read its lines. */
    readonly lines: string;
    readonly bytes: number;
    brokenRow(strict: boolean): Promise<string | null>;
  };
  /** Its columns, where it was read whole when it was opened: no statement over it is then needed. */
  readonly held?: HeldTable;
  /** The files as given, where lines are read. */
  readonly files?: readonly string[];
  /** What stands at the end of each statement. */
  readonly settings: string;
  readonly columns: readonly SourceColumn[];
  /** An estimate from the size of the files where the format does not tell. */
  readonly roughRows: number;
  /**
   * SQL of a whole number for each row, by which rows are sampled: the same in every run, and as good as drawn at random,
   * whatever the row's values and neighbours.
   */
  readonly rowKey: string;
  /** The key is of the order in which rows are read: a statement that asks for it runs in one thread. */
  readonly keyInOrder: boolean;
  /** Columns read in one pass: text is parsed whole for each pass, columns of Parquet are not. */
  readonly columnsPerPass: number;
  /** What a reader should know about how the file was read. */
  readonly notes: readonly string[];
}
