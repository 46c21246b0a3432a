import { z } from 'zod';

/** Columns or tags that split the predictions of a model together, at most. */
const SPLIT_COLUMNS = 3;
/** Splits of a model, at most. */
const SPLITS = 8;

const Name = z.string().min(1, 'must not be empty').max(128, 'must have at most 128 characters');

/** By what predictions are split: a feature or a tag, or up to three of them together. */
export const Split = z.union([
  Name,
  z
    .array(Name)
    .min(1, 'must name a column or a tag')
    .max(SPLIT_COLUMNS, `must name at most ${SPLIT_COLUMNS} columns or tags`),
]);
export type Split = z.infer<typeof Split>;

/** `[country, [age_band, gender]]`: by country, and by age band and gender together. */
export const Segments = z.array(Split).max(SPLITS, `there must be at most ${SPLITS} segments`);

/** Attributes in which people must not be treated differently. */
export const Protected = z.array(Name).max(4, 'there must be at most 4 protected attributes');

/** As `segmentKey` (segment-key.ts) makes it. */
export const SegmentKey = z.string().max(2048);
