import { z } from 'zod';
import { Moments } from './distribution.ts';
import { Column } from './model.ts';
import { pageOf } from './page.ts';

/** What a column is for the model. */
export const ColumnRole = z.enum(['feature', 'prediction', 'score', 'confidence', 'answer_time', 'label']);
export type ColumnRole = z.infer<typeof ColumnRole>;

/** A column with what it held in a range: enough to recognise it. */
export const ColumnSummary = Column.extend({
  role: ColumnRole,
  held: Moments,
  /**
   * Its shape, as counts. Numbers: bars of equal width between `from` and `to`, the first and the last with all that lies
   * beyond. Categories: the most frequent ones, most first. Null while too few values came to draw one.
   */
  shape: z
    .object({ from: z.number().nullable(), to: z.number().nullable(), counts: z.array(z.number()) })
    .nullable(),
  /** The most frequent values; empty for numbers, null where you may not see values of this column. */
  top: z.array(z.object({ value: z.string(), n: z.number() })).nullable(),
  /** Start of the newest bucket of the range in which it had a value. */
  last_seen: z.string().nullable(),
});
export type ColumnSummary = z.infer<typeof ColumnSummary>;

/** All columns of a model over the same range, which is narrowed to its newest part where it holds too much. */
export const ColumnSummaries = pageOf(ColumnSummary).extend({ from: z.string(), to: z.string() });
export type ColumnSummaries = z.infer<typeof ColumnSummaries>;
