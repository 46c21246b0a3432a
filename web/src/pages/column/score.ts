import type { Distribution } from '../../api/types.ts';
import type { State } from '../../ui/state.ts';

type Verdict = Pick<Distribution, 'score' | 'alerts'>;

/**
 * Failing when an alert on the column fired in the range, or when the whole interval lies above the threshold; a value
 * without its interval is a warning.
 */
export function scoreState({ score, alerts }: Verdict): State {
  if (alerts.length > 0) return 'failing';
  if (score.value === null) return score.status === 'no_data' ? 'no_data' : 'not_enough_data';
  if (score.value <= score.threshold) return 'ok';
  return (score.low ?? score.value) > score.threshold ? 'failing' : 'warning';
}

/** Whether the column moved for certain, though less than its threshold, and nothing fired on it: told beside an ok. */
export function movedSmall(distribution: Verdict): boolean {
  return distribution.score.moved === 'small' && scoreState(distribution) === 'ok';
}

/** The bins with the new values by name, in place of the one that holds them all. */
export function namedBins({
  bins,
  new_values,
}: Pick<Distribution, 'bins' | 'new_values'>): Distribution['bins'] {
  const named = new_values.reduce((sum, { n }) => sum + n, 0);
  return bins.flatMap((bin) =>
    bin.kind !== 'new' || named === 0
      ? [bin]
      : [
          ...new_values.map(({ value, n }) => ({ ...bin, label: value, reference: 0, current: n })),
          { ...bin, label: 'other new values', current: Math.max(0, bin.current - named) },
        ],
  );
}
