import type { ComparedColumn, VersionComparison, VersionSide } from '../../../api/types.ts';
import type { Point } from '../../../charts/series.ts';
import type { Sides } from '../../../charts/sides.ts';
import { percent, plural } from '../../../number/format.ts';
import { span, type Zone } from '../../../time/format.ts';
import type { State } from '../../../ui/state.ts';

/** `versionName('2')` → `version 2`; predictions that named none are those without a version. */
export function versionName(version: string): string {
  return version === '' ? 'no version' : `version ${version}`;
}

/** What the two are called, on every chart: the version in the colour of what is current, the other in the second one. */
export function sidesOf(version: VersionSide, baseline: VersionSide): Sides {
  return { part: 'second', reference: versionName(baseline.version), current: versionName(version.version) };
}

/** `Version 2: 1,234 predictions (20 %), 3 Mar – 5 Mar 2026` */
export function sideSentence({ version, n, share, first, last }: VersionSide, zone: Zone): string {
  const name = versionName(version);
  const title = name.slice(0, 1).toUpperCase() + name.slice(1);
  if (first === null || last === null) return `${title}: no predictions in this range`;
  const dates = span({ from: Date.parse(first), to: Date.parse(last) }, zone);
  return `${title}: ${plural(n, 'prediction')} (${percent(share)}), ${dates}`;
}

/** Whether the two answered at the same time: where they did not, what differs may come from the time. */
export function togetherSentence(
  { version, baseline, together }: VersionComparison,
  zone: Zone,
): string | null {
  if (version?.first == null || baseline?.first == null) return null;
  if (together === null)
    return 'The two never answered at the same time: what differs may come from the time as well as from the version.';
  const dates = span({ from: Date.parse(together.from), to: Date.parse(together.to) }, zone);
  return `Both answered ${dates}.`;
}

/** Where a version has more than is read at once: what its columns and its quality are told of. */
export function partSentence(side: VersionSide, zone: Zone): string | null {
  if (side.first === null || Date.parse(side.from) <= Date.parse(side.first)) return null;
  const dates = span({ from: Date.parse(side.from), to: Date.parse(side.to) }, zone);
  return `Columns and quality of ${versionName(side.version)} are of its newest part, ${dates}.`;
}

/** Traffic of one of the two, predictions per bucket. */
export function trafficOf(
  { traffic: { step_ms, points } }: VersionComparison,
  side: 'version' | 'baseline',
  bucketMs: number,
): Point[] {
  const buckets = step_ms / bucketMs;
  return points.map((point) => ({
    ...{ time: Date.parse(point.time), value: point[side] / buckets },
    ...{ low: null, high: null, n: point[side], status: 'ok' },
  }));
}

const MOVED: Record<ComparedColumn['verdict'], { state: State; text: string }> = {
  differs: { state: 'failing', text: 'differs' },
  moved: { state: 'warning', text: 'moved a little, more than chance' },
  same: { state: 'ok', text: 'no difference to be seen' },
  unknown: { state: 'not_enough_data', text: 'not enough data' },
};

/** What the distance of a column says, with its mark; where it differs, how. */
export function columnVerdict({ verdict, how }: Pick<ComparedColumn, 'verdict' | 'how'>): {
  state: State;
  text: string;
} {
  const { state, text } = MOVED[verdict];
  return { state, text: verdict === 'differs' && how !== null ? how : text };
}

/** `2 of 12 columns differ, 1 moved a little`, as one sentence for whichever it is. */
export function comparedSentence({ columns, differ, moved }: VersionComparison['compared']): string {
  if (columns === 0) return 'No column has enough values of both to be compared.';
  const few = [
    ...(differ > 0 ? [`${differ} ${differ === 1 ? 'differs' : 'differ'}`] : []),
    ...(moved > 0 ? [`${moved} moved a little`] : []),
  ];
  return `Of ${plural(columns, 'column')} ${few.length === 0 ? 'none differs' : few.join(', ')}.`;
}
