import type { VerdictMeasure, VersionVerdict } from '../../../contract/version-verdict.ts';
import type { Followed } from './follow.ts';

/** Longer than this is as good as never. */
const LONGEST_MS = 3650 * 86_400_000;

type Recommended = Pick<VersionVerdict, 'recommendation' | 'safe_to_stop' | 'needs'> & {
  /** The measure that it rests on; null where nothing is known. */
  readonly by: VerdictMeasure | null;
};

/**
 * What to do: a guardrail that suffers stops a version whatever it is better at; then the primary measure decides. `elapsed`:
 * how long both have answered, in milliseconds. Pure.
 */
export function recommend(followed: readonly Followed[], elapsed: number): Recommended {
  const hurt = followed.find(({ measure }) => measure.role === 'guardrail' && measure.decision === 'worse');
  const primary = followed.find(({ measure }) => measure.role === 'primary');
  if (hurt !== undefined) return { ...STOP, by: hurt.measure };
  if (primary === undefined) return { ...UNKNOWN, by: null };
  const by = primary.measure;
  switch (by.decision) {
    case 'better':
      return { recommendation: 'promote', safe_to_stop: true, needs: null, by };
    case 'worse':
      return { ...STOP, by };
    case 'alike':
      return { recommendation: 'either', safe_to_stop: true, needs: null, by };
    case 'not_yet':
      return { recommendation: 'wait', safe_to_stop: false, needs: needsOf(primary, elapsed), by };
    default:
      return { ...UNKNOWN, by };
  }
}

const STOP = { recommendation: 'stop', safe_to_stop: true, needs: null } as const;
const UNKNOWN = { recommendation: 'unknown', safe_to_stop: false, needs: null } as const;

function needsOf({ measure, times }: Followed, elapsed: number): VersionVerdict['needs'] {
  if (times === null || elapsed <= 0) return null;
  const more = Math.max(0, times - 1);
  const ms = more * elapsed;
  if (ms > LONGEST_MS) return null;
  return { rows: Math.ceil(more * (measure.version.n + measure.baseline.n)), ms: Math.ceil(ms) };
}
