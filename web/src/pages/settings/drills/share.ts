import type { DrillShare } from '../../../api/types.ts';
import type { Interval } from '../../../charts/Intervals.tsx';
import { percent } from '../../../number/format.ts';

/** `118 of 134: 88 % (81 % – 93 %)` */
export function shareText({ n, of, value, low, high }: DrillShare): string {
  return of === 0 ? 'none' : `${n} of ${of}: ${percent(value)} (${percent(low)} – ${percent(high)})`;
}

/** A share as a row of a chart of intervals. */
export function intervalOf(label: string, share: DrillShare): Interval {
  const { value, low, high } = share;
  return { key: label, label, value, low, high, text: shareText(share) };
}
