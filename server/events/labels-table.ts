import { lakeTable } from '../store/lake/layout.ts';

/**
 * The labels of all models as statements of other rooms read them: `model`, `id`, `label` (as text), `label_number` (where it
 * is one), `time`, `source`, `human`, `received_at`. One row for each source, value and time of an id; the one with the largest
 * COUNTS_BEFORE counts.
 */
export const LABELS = lakeTable('labels');

/** What decides which of the labels of an id counts: one of a person, then the later. */
export const COUNTS_BEFORE = '(human, time, received_at)';
