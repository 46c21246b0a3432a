import { z } from 'zod';
import type { MetricMeta } from './kind.ts';

/** What the judges read of a monitor's options. A kind takes those that its own schema names, within its own bounds. */
export interface Options {
  readonly columns?: 'all' | readonly string[];
  readonly reference?: string;
  readonly metric?: string;
  readonly threshold?: number;
  readonly detector?: string;
  readonly window_ms?: number;
  readonly min_n?: number;
  readonly m?: number;
  readonly n?: number;
  readonly by?: 'segment';
  readonly attributes?: 'all' | readonly string[];
  readonly outcomes?: 'all' | readonly string[];
  readonly worse?: 'lower' | 'higher' | 'either';
  readonly series?: string;
}

type Fields = Readonly<Record<string, z.ZodType>>;

const YEAR_MS = 366 * 86_400_000;

/** Which feature columns a kind with a series per column looks at. */
export const watched = {
  columns: z
    .union([z.literal('all'), z.array(z.string().min(1)).min(1).max(1000)])
    .describe('names of feature columns, or `all`'),
} satisfies Fields;

/** Which reference it is held against. */
export const compared = {
  reference: z.string().min(1).max(64).describe("id of a reference; the model's own when absent"),
} satisfies Fields;

/** How much is looked at, and how much there must be. */
export const windowed = {
  window_ms: z
    .number()
    .int()
    .positive()
    .max(YEAR_MS)
    .describe('what is judged at the end of each bucket, in milliseconds'),
  min_n: z.number().int().min(1).max(1e9).describe('fewer rows than this: *not enough data*'),
} satisfies Fields;

/** One series for each segment in place of one for the model. */
export const sliced = {
  by: z
    .enum(['segment'])
    .describe(
      'a series for each segment of the model, compared with the same segment before; the chance of a false alarm is shared among them',
    ),
} satisfies Fields;

/** When breaches become an alert. */
export const confirmed = {
  m: z.number().int().min(1).max(100).describe('so many breaches make it fire …'),
  n: z.number().int().min(1).max(100).describe('… among so many buckets, the newest judged ones'),
} satisfies Fields;

const NUMBER = 'must be a number';
const SHARE = 'must lie between 0 and 1, in the unit of the value: 0.03 is 3 %';

/** A difference of two shares, or a distance: between 0 and 1. */
export const share = z.number(NUMBER).gt(0, SHARE).lt(1, SHARE);

/** How many times something is larger than it is compared with, or by how much of itself it grew. `above`: no effect at all. */
export function ratio(above: number) {
  const least = `must be larger than ${above}: at ${above} nothing has changed`;
  return z.number(NUMBER).gt(above, least).max(1000, 'must be at most 1,000');
}

/**
 * The options of a kind: its metrics, the bounds of its threshold, and the fields it reads. All may be left out.
 * Example: `options(METRICS, share, { ...watched, ...confirmed })`
 */
export function options(metrics: readonly MetricMeta[], threshold: z.ZodNumber, fields: Fields) {
  return z
    .strictObject({
      metric: z
        .enum(metrics.map(({ id }) => id))
        .describe('definition and version are stored with every value'),
      threshold,
      ...fields,
    })
    .partial()
    .refine(({ m, n }: Readonly<Record<string, unknown>>) => !(Number(m) > Number(n)), {
      path: ['m'],
      error: 'must not be larger than options.n',
    });
}
