import type { ColumnType } from '../../tables/rules/infer.ts';
import type { QualityLimits } from '../compare/quality.ts';
import type { TestSet } from '../compare/tests.ts';
import type { Rule } from '../rules/rule.ts';

/** What decides about drift: a test and the value at which a column fails by it. */
export interface Decision {
  /** Id of a comparison, or of another tool's test when `as` is set. */
  readonly test?: string;
  readonly threshold?: number;
}

/** What a configuration file says of one column. */
export interface ColumnSettings extends Decision {
  readonly type?: ColumnType;
  readonly ignore?: boolean;
  readonly limits?: Partial<QualityLimits>;
}

/** What a configuration file says, whatever its format; everything may be absent, flags come before it. */
export interface CheckSettings extends Decision {
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  readonly positive?: string;
  readonly task?: 'binary' | 'multiclass' | 'regression';
  readonly segments?: readonly string[];
  readonly ignore?: readonly string[];
  readonly tests?: TestSet;
  readonly limits?: Partial<QualityLimits>;
  readonly multivariate?: boolean;
  /** Another tool whose definitions decide. */
  readonly as?: string;
  /** Tests and thresholds by kind of column, where they differ. */
  readonly numeric?: Decision;
  readonly categorical?: Decision;
  readonly columns?: Readonly<Record<string, ColumnSettings>>;
  readonly rules?: readonly Rule[];
  /** What of the file has no counterpart here. */
  readonly notes?: readonly string[];
}
