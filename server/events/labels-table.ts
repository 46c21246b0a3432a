import { lakeTable } from '../store/lake/layout.ts';

/**
 * The labels of all models as statements of other rooms read them: `model`, `id`, `label` (as text), `label_number` (where it
 * is one), `time`, `source`, `received_at`. The newest row of a model and id counts: FINAL, or argMax by `received_at`.
 */
export const LABELS = lakeTable('labels');
