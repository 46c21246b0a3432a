import { z } from 'zod';
import { Score } from './distribution.ts';
import { DifferenceVerdict, Measured } from './version-comparison.ts';

/** How predictions are split, and which values have profiles of their own. */
export const SplitFacts = z.object({
  /** Key of the rest: `country=*`. */
  id: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      of: z.enum(['text', 'codes', 'number', 'tag', 'variant']),
      /** Of numbers: where the bands end, ascending. */
      cuts: z.array(z.number()).nullable(),
    }),
  ),
  /** Values with profiles of their own, and how many there may be. */
  own: z.number(),
  most: z.number(),
});
export type SplitFacts = z.infer<typeof SplitFacts>;

/** What came of a segment within the range. Differences are the segment − what it is compared with. */
export const SegmentFigures = z.object({
  key: z.string(),
  split: z.string(),
  /** In words: `country = FR`. */
  text: z.string(),
  n: z.number(),
  /** Of all predictions of the range. */
  share: z.number(),
  quality: Measured,
  /** Beside all predictions of the range. */
  than_all: Measured,
  /** Told apart from chance over all segments together, at most one false in twenty. */
  verdict: DifferenceVerdict,
  /** The same segment in the reference, and what has changed since. */
  before: Measured,
  change: Measured,
  change_verdict: DifferenceVerdict,
  /** Share of what all segments of its split together lost since the reference; null where nothing was lost, or it is not known. */
  lost: z.number().nullable(),
  /** How far its answers have moved since the reference. */
  answer_drift: Score.extend({ column: z.string() }).nullable(),
});
export type SegmentFigures = z.infer<typeof SegmentFigures>;

/** All segments of a model over a range. Everything is counted from profiles, nothing sampled. */
export const ModelSegments = z.object({
  model: z.string(),
  /** What it is told of: the newest part of the range where that has more profiles than are read at once. */
  from: z.string(),
  to: z.string(),
  /** Whether what was before `from` in the range that was asked for is left out. */
  cut: z.boolean(),
  splits: z.array(SplitFacts),
  /** The metric that quality is told in; null where it is not known. */
  metric: z
    .object({ id: z.string(), title: z.string(), unit: z.string(), worse: z.enum(['higher', 'lower']) })
    .nullable(),
  quality_unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  /** Quality of all predictions. */
  all: Measured,
  predictions: z.number(),
  /** Null without one; `segmented` tells whether it has segments: a file has none. */
  reference: z.object({ id: z.string(), name: z.string(), segmented: z.boolean() }).nullable(),
  items: z.array(SegmentFigures),
});
export type ModelSegments = z.infer<typeof ModelSegments>;
