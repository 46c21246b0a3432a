import { lakeTable } from '../store/lake/layout.ts';

/**
 * The outcomes of all models as statements of other rooms read them: `model`, `metric`, `value`, `id` (of the prediction,
 * empty where none was named), `time`, `event_id`, `received_at`. Each row counts once.
 */
export const OUTCOMES = lakeTable('outcomes');
