import { groupRates } from '../../stats/fairness/group-rates.ts';
import { FAIRNESS_MEASURES } from '../../stats/fairness/measures.ts';
import { MIN_GROUP } from '../../stats/fairness/parity.ts';
import type { BinaryCounts } from '../../stats/performance/confusion.ts';
import type { Random } from '../../stats/random.ts';
import type { Found } from './hits.ts';

/** A group: its share of the rows, that of positives in it, and how often it is found positive rightly and wrongly. */
type Group = readonly [share: number, positive: number, truePositive: number, falsePositive: number];

/** Groups whose rates are chosen: what is true of them is known. */
export interface GroupTable {
  readonly name: string;
  readonly groups: readonly Group[];
}

/** Alike and apart, two to ten, even and uneven, rare and sure; at 300 rows ten groups are of 30. */
export function groupTables(): GroupTable[] {
  return [
    { name: 'two alike', groups: [[0.5, 0.3, 0.7, 0.1], [0.5, 0.3, 0.7, 0.1]] },
    { name: 'two apart', groups: [[0.65, 0.3, 0.7, 0.1], [0.35, 0.2, 0.5, 0.15]] },
    { name: 'sure', groups: [[0.6, 0.5, 0.95, 0.02], [0.4, 0.5, 0.9, 0.05]] },
    { name: 'rarely flagged', groups: [[0.6, 0.08, 0.5, 0.01], [0.4, 0.12, 0.4, 0.03]] },
    { name: 'three apart', groups: [[0.36, 0.5, 0.8, 0.2], [0.32, 0.4, 0.7, 0.3], [0.32, 0.6, 0.9, 0.25]] },
    { name: 'a small one apart', groups: [[0.8, 0.2, 0.6, 0.05], [0.1, 0.2, 0.6, 0.05], [0.1, 0.3, 0.8, 0.15]] },
    { name: 'ten alike', groups: Array.from({ length: 10 }, (): Group => [0.1, 0.4, 0.7, 0.2]) },
    { name: 'five apart', groups: [0, 1, 2, 3, 4].map((i): Group => [0.2, 0.5, 0.5 + 0.1 * i, 0.1 + 0.1 * i]) },
  ]; // biome-ignore format: one line a table
}

/** Every measure of fairness of answers of one sample, each group of its size, against that of the rates. */
export function simulatedFairness({ groups }: GroupTable, n: number, next: Random): Found[] {
  const drawn = groups.map((group, i) => groupRates(`${i}`, countsOf(group, Math.round(group[0] * n), (of, p) => drawnOf(of, p, next)))); // biome-ignore format: one line
  // As many rows as make every share what it is.
  const judged = groups.filter(([share]) => Math.round(share * n) >= MIN_GROUP);
  const whole = judged.map((group, i) =>
    groupRates(
      `${i}`,
      countsOf(group, WHOLE, (of, p) => of * p),
    ),
  );
  return FAIRNESS_MEASURES.slice(0, -1).map((measure): Found => {
    const truth = measure.of({ rates: whole, calibrations: [] });
    return {
      metric: measure.id,
      outcome: measure.of({ rates: drawn, calibrations: [] }),
      truth: 'value' in truth ? truth.value : Number.NaN,
    };
  });
}

const WHOLE = 1e6;

function countsOf(
  [, positive, right, wrong]: Group,
  n: number,
  of: (n: number, share: number) => number,
): BinaryCounts {
  const positives = of(n, positive);
  const [tp, fp] = [of(positives, right), of(n - positives, wrong)];
  return { tp, fp, fn: positives - tp, tn: n - positives - fp };
}

function drawnOf(n: number, share: number, next: Random): number {
  let drawn = 0;
  for (let row = 0; row < n; row++) if (next() < share) drawn++;
  return drawn;
}
