import { z } from 'zod';
import { ModelName } from './name.ts';
import { TimeInput } from './time.ts';

/** How the counts of a profile are made: the grid, what counts as missing, how texts are cut. Another definition cannot be merged. */
export const PROFILE_DEFINITION = 1;

/** Cells of a grid, and categories by name, that one profile may have. */
export const MOST_CELLS = 20_000;
export const MOST_NAMES = 1_000;

const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Counts = (most: number) => z.array(Count.min(1)).max(most).default([]);

/**
 * What an agent counted of one column of a model in one stretch of time: no row, no id. Profiles merge by adding. The same agent, sequence, time,
 * version and column is the same profile, however often it is sent.
 */
export const SentProfile = z
  .object({
    definition: z.number().int(),
    model: ModelName,
    /** Who counted: a name that no other agent has, nor had. */
    agent: z.string().min(1).max(128),
    /** Of the agent: no number stands for two different pieces. */
    sequence: Count,
    version: z.string().max(128).default(''),
    /** Begin of the stretch, and of its last prediction. */
    time: TimeInput,
    last: TimeInput.optional(),
    /** A feature, `_prediction`, `_score`, `_latency_ms`, `_error`, or `_all` for how many predictions there were. */
    column: z.string().min(1).max(128),
    type: z.enum(['numeric', 'categorical', 'boolean', 'rows']),
    /** Predictions; those without a value; those whose value did not fit the column. */
    n: Count.min(1),
    missing: Count.default(0),
    invalid: Count.default(0),
    /** Numbers: sum, sum of squares, extremes; the grid (centre and scale in the column's unit), its cells, ascending, and their counts. */
    sum: z.number().default(0),
    sum2: z.number().min(0).default(0),
    min: z.number().optional(),
    max: z.number().optional(),
    center: z.number().optional(),
    scale: z.number().positive().optional(),
    cells: z
      .array(
        z
          .number()
          .int()
          .min(-(2 ** 31))
          .max(2 ** 31 - 1),
      )
      .max(MOST_CELLS)
      .default([]),
    cell_counts: Counts(MOST_CELLS),
    /** Categories by name, their counts, and how many values the others have. */
    names: z.array(z.string().max(256)).max(MOST_NAMES).default([]),
    name_counts: Counts(MOST_NAMES),
    other: Count.default(0),
  })
  .strict();
export type SentProfile = z.infer<typeof SentProfile>;
