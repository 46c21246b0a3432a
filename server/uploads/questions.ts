import type { ErrorCode } from '../../contract/errors.ts';
import type { TablePlan } from '../../contract/upload.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';
import type { TableFormat } from '../../tables/files/format.ts';
import type { RowsSurvey } from '../../tables/survey-rows.ts';
import type { TableRow } from '../../tables/table-row.ts';

/** What was found in a table. */
export interface LookedThrough {
  readonly format: TableFormat;
  readonly survey: RowsSurvey;
  readonly sample: readonly TableRow[];
  readonly unread: number;
  readonly notes: readonly string[];
}

/** What the process that reads is asked, one after the other. */
export type Ask =
  | { readonly kind: 'look' }
  | {
      readonly kind: 'begin';
      readonly looked: LookedThrough;
      readonly known: KnownModel;
      readonly plan: TablePlan;
    }
  | { readonly kind: 'next' };

export type Answer =
  | { readonly kind: 'looked'; readonly looked: LookedThrough }
  | { readonly kind: 'begun' }
  | {
      readonly kind: 'batch';
      /** Events, one a line, and the keys by which the requests are known again. */
      readonly predictions: { readonly lines: string; readonly key: string };
      readonly labels: { readonly lines: string; readonly key: string };
      /** Places in the table of what they were made of. */
      readonly rows: readonly number[];
      readonly labelled: readonly number[];
    }
  | { readonly kind: 'end'; readonly unread: readonly { readonly line: number; readonly reason: string }[] }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
