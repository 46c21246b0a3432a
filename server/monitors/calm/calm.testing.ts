import { type Random, randomNormal } from '../../../stats/random.ts';
import type { NumericBins } from '../../../stats/reference-bins.ts';
import { binTotal } from '../../../stats/reference-bins.ts';
import { judgeSeries } from '../../alerts/series.ts';
import { measure } from '../judge/series/judgeable.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { trafficTrack } from '../judge/windows/subjects.ts';
import { kindOf } from '../kinds/index.ts';
import type { ColumnSubject } from '../subject.ts';
import { HOUR, MODEL } from '../test-subjects.ts';
import { Track } from '../track.ts';

/** Ten equal bins, then the special ones. */
export const BINS: NumericBins = {
  kind: 'numeric',
  edges: Array.from({ length: 11 }, (_, i) => i),
  values: null,
  unseen: 0,
};
const WIDTH = binTotal(BINS);

/** Shares of the bins: the regular ones alike but for what is missing, invalid, out of range. */
export function shares(special: readonly [missing: number, invalid: number, range: number]): number[] {
  const rest = (1 - special[0] - special[1] - special[2]) / 10;
  return [...new Array(10).fill(rest), ...special, 0, 0];
}

/** A sample of n in the bins. */
export function multinomial(n: number, p: readonly number[], next: Random): number[] {
  let left = n;
  let mass = 1;
  return p.map((share, i) => {
    const k = i === p.length - 1 ? left : binomial(left, Math.min(1, share / Math.max(mass, 1e-12)), next);
    left -= k;
    mass -= share;
    return k;
  });
}

/** Exact for few, normal for many. */
function binomial(n: number, p: number, next: Random): number {
  if (p <= 0 || n === 0) return 0;
  if (n <= 60 || n * p < 20 || n * (1 - p) < 20) {
    if (n <= 2_000) {
      let k = 0;
      for (let i = 0; i < n; i++) if (next() < p) k++;
      return k;
    }
    return Math.min(n, poisson(n * p, next));
  }
  const k = Math.round(n * p + randomNormal(next) * Math.sqrt(n * p * (1 - p)));
  return Math.max(0, Math.min(n, k));
}

function poisson(mean: number, next: Random): number {
  const wait = () => -Math.log(1 - next());
  let k = 0;
  for (let t = wait(); t < mean; t += wait()) k++;
  return k;
}

export interface Calm {
  /** Rows in the reference, and in a day. */
  readonly reference: number;
  readonly perDay: number;
  readonly days: number;
  readonly columns: number;
  readonly normal: readonly number[];
}

/** Alerts that fire on columns where nothing changes, judged every hour by every kind at its default settings. */
export function falseAlerts({ reference, perDay, days, columns, normal }: Calm, next: Random): string[] {
  const fired: string[] = [];
  const buckets = days * 24;
  for (let column = 0; column < columns; column++) {
    const rows = Array.from({ length: buckets }, () => hourly(perDay / 24, next));
    const counts = rows.map((n) => multinomial(n, normal, next));
    const span = { start: 0, bucketMs: HOUR, buckets };
    const subject: ColumnSubject = {
      source: 'column',
      ...span,
      traffic: trafficTrack(span, new Map()),
      column: 'x',
      reference: { bins: BINS, counts: multinomial(reference, normal, next) },
      track: Track.of(WIDTH, buckets, (b) => (rows[b] === 0 ? undefined : counts[b])),
    };
    for (const id of ['drift', 'missing', 'invalid', 'range'] as const) {
      const { settings, rules } = settingsOf(kindOf(id)!, {}, MODEL);
      const judged = judgeSeries(
        (i) => measure(kindOf(id)!, subject, i, settings),
        0,
        buckets,
        (i) => i,
        rules,
        null,
      );
      for (const { to } of judged.transitions) if (to === 'firing') fired.push(id);
    }
  }
  return fired;
}

function hourly(mean: number, next: Random): number {
  return mean < 200
    ? poisson(mean, next)
    : Math.max(0, Math.round(mean + randomNormal(next) * Math.sqrt(mean)));
}
