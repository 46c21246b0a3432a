/**
 * A column of raw values. Numbers: NaN is a missing value. Categories (and booleans as 'true' / 'false'): null is a missing
 * value. The order of the rows counts where a tool cuts the rows into chunks.
 */
export type PeerSample = Float64Array | readonly (string | null)[];

export type PeerColumnType = 'numeric' | 'categorical';

/** Why a tool gives no number: our names for its error, its NaN, or its refusal. */
export type PeerReason = 'not_enough_data' | 'not_finite' | 'refused' | 'constant';

/** A tool's own number, or why it has none. */
export type PeerOutcome = { readonly value: number } | { readonly reason: PeerReason };

/** One test of another tool, by the tool's own id. */
export interface PeerTest {
  readonly title: string;
  readonly accepts: readonly PeerColumnType[];
  /** The number that the tool reports: a distance, or a p-value. */
  compute(reference: PeerSample, current: PeerSample): PeerOutcome;
  /** The tool's default threshold, or how it derives one from the reference; null: it has none. */
  readonly threshold: number | ((reference: PeerSample) => number | null) | null;
  /** The tool reports drift when `value direction threshold`. */
  readonly direction: '>' | '>=' | '<' | '<=';
}

/** What a tool looks at when it chooses a test by itself. */
export interface PeerSizes {
  /** Rows of the reference with a value. */
  readonly rows: number;
  /** Distinct values over both sides. */
  readonly distinct: number;
}

/** A column of the current table as a data frame holds it. */
export interface PeerFrameColumn {
  readonly dtype: 'integer' | 'float' | 'boolean' | 'text';
  /** Distinct values that are not missing. */
  readonly distinct: number;
}

/** Another tool's definitions of drift in one column. */
export interface PeerTool {
  readonly id: string;
  readonly title: string;
  /** The version whose numbers these are. */
  readonly version: string;
  /** How far they are proved equal: by running the tool, or by its published formula only. */
  readonly evidence: 'run' | 'formula';
  /** What the tool takes a column for when nobody declares it; absent: it goes by the type that the column has. */
  guess?(current: PeerFrameColumn): PeerColumnType;
  /** The id of the test that the tool takes for a column when the user names none. */
  choose(type: PeerColumnType, sizes: PeerSizes): string;
  readonly tests: Readonly<Record<string, PeerTest>>;
}

/** A verdict on one column as another tool would give it at its default settings. */
export interface PeerVerdict {
  readonly test: string;
  readonly outcome: PeerOutcome;
  readonly threshold: number | null;
  /** null: the tool has no number, hence no verdict. */
  readonly drift: boolean | null;
}

/**
 * The verdict of a test; never throws.
 * @example judge(2, 1, '>') // true
 */
export function judge(value: number, threshold: number, direction: PeerTest['direction']): boolean {
  if (direction === '>') return value > threshold;
  if (direction === '>=') return value >= threshold;
  return direction === '<' ? value < threshold : value <= threshold;
}

/** A finite value, or `not_finite`. */
export function outcome(value: number): PeerOutcome {
  return Number.isFinite(value) ? { value } : { reason: 'not_finite' };
}
