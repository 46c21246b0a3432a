import type { CompareOptions } from './compare/column.ts';
import type { TestSet } from './compare/tests.ts';
import type { ColumnType } from './infer.ts';

/** What a check is asked to do, flags and configuration file taken together. */
export interface CheckOptions extends CompareOptions {
  readonly current: string;
  readonly reference: string;
  readonly tests: TestSet;
  /** Types that the user fixed, by column. */
  readonly types: ReadonlyMap<string, ColumnType>;
  readonly ignore: ReadonlySet<string>;
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  /** The class that counts as positive, where the data does not say. */
  readonly positive?: string;
  readonly task?: 'binary' | 'multiclass' | 'regression';
  /** Whether the rows are compared as a whole. */
  readonly multivariate: boolean;
  readonly segments: readonly string[];
}

/** Called as the work goes on: what is being done, and how far it is (0 to 1). */
export type Progress = (step: string, share: number) => void;
