import type { DigestMove } from '../../../contract/digest.ts';
import type { Signal } from '../../../contract/signal.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import { movedHow } from '../../../stats/distances/moved-how.ts';
import type { BoundedValue } from '../../alerts/bounded-values.ts';

/** Whether the newest value of a column says *moved, small*, as the table of its drift does. Pure. */
export function isSmallMove({ value, low, high, threshold }: BoundedValue): boolean {
  return movedHow({ value, low, high }, threshold) === 'small';
}

/**
 * What a digest says of a column that is *moved, small*: since when without a gap, and what it was when the range began. `signal`: its series over the
 * range, absent where it could not be read. Pure.
 */
export function moveOf(found: BoundedValue, signal: Signal | undefined): DigestMove {
  const { kind, column, metric, value, low, high, n, threshold, last_time } = found;
  const points = (signal?.points ?? []).filter((point) => point.value !== null);
  const moved = (point: (typeof points)[number]) =>
    movedHow({ ...point, value: point.value! }, threshold) !== 'as_before';
  const calm = points.findLastIndex((point) => !moved(point));
  const first = points[calm + 1];
  const before = points[0]?.value ?? null;
  return {
    ...{ kind, column, metric, value, low, high, n, threshold },
    to: rfc3339(last_time),
    since: calm < 0 || first === undefined ? null : rfc3339(epochMs(first.time)),
    before,
    change: before === null ? null : changeOf(before, low, high),
  };
}

function changeOf(before: number, low: number, high: number | null): DigestMove['change'] {
  if (before < low) return 'grew';
  return high !== null && before > high ? 'shrank' : 'same';
}
