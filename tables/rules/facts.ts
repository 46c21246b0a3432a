/** How a column lies in its file: text in delimited and JSON files, typed in Parquet and Arrow. */
export type Stored = 'text' | 'number' | 'integer' | 'boolean' | 'time' | 'other';

/**
 * What is known of a column before its type is decided, whoever read it: the column engine by SQL, or `ColumnTally`.
 * Both give the same for the same cells.
 */
export interface ColumnFacts {
  readonly name: string;
  readonly stored: Stored;
  /** The file's format says that it is text; in CSV everything is. */
  readonly typed?: boolean;
  readonly n: number;
  readonly missing: number;
  /** Values that read as a finite number; as a whole number; with a leading zero; as a boolean word; as a date or time. */
  readonly numbers: number;
  readonly integers: number;
  /** Values that read as plus or minus infinity, or as a number too large to hold. */
  readonly infinite: number;
  readonly leadingZeros: number;
  readonly booleans: number;
  readonly times: number;
  readonly distinct: number;
  /** Of characters; words are cut at blanks. */
  readonly meanLength: number;
  readonly maxLength: number;
  readonly meanWords: number;
  /** Of the finite numbers; null without any. */
  readonly min: number | null;
  readonly max: number | null;
}
