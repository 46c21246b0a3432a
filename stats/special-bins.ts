/** The bins of rule 2, after the regular ones, always all five and in this order. */
export const SPECIAL_BINS = ['missing', 'invalid', 'out_of_range', 'new', 'other'] as const;
export type SpecialBin = (typeof SPECIAL_BINS)[number];

/** Columns with at most this many distinct values get a bin for each. */
export const FEW_VALUES = 20;
