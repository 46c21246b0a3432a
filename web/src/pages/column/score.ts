import type { Distribution } from '../../api/types.ts';
import type { State } from '../../ui/state.ts';

/** Failing only when the whole interval lies above the threshold; a value without its interval is a warning. */
export function scoreState(score: Distribution['score']): State {
  if (score.value === null) return score.status === 'no_data' ? 'no_data' : 'not_enough_data';
  if (score.value <= score.threshold) return 'ok';
  return (score.low ?? score.value) > score.threshold ? 'failing' : 'warning';
}
