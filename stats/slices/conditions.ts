import { binColumn, type Feature, type FeatureBins, featureBins } from '../trees/feature.ts';

/** Numbers are told apart by fifths. */
const PARTS = 5;
/** Categories that a condition may name. */
const CATEGORIES = 20;

/** A column in few bins: 0 is missing, the last what no condition names. */
export interface CoarseColumn {
  readonly name: string;
  readonly bins: Uint8Array;
  readonly count: number;
  /** What may be said of it: a run of bins, in words. */
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

/** A column as conditions see it: fifths of numbers and runs of them, the most frequent categories one by one, what is missing. */
export function coarse(feature: Feature): CoarseColumn {
  const fine = featureBins(feature);
  return fine.kind === 'numeric' ? numeric(feature, fine.thresholds) : categorical(feature, fine);
}

function numeric(feature: Feature, thresholds: readonly number[]): CoarseColumn {
  const step = (thresholds.length + 1) / PARTS;
  const cuts =
    thresholds.length < PARTS
      ? thresholds
      : Array.from({ length: PARTS - 1 }, (_, i) => thresholds[Math.round((i + 1) * step) - 1]!);
  const bins = binColumn(feature, { name: feature.name, kind: 'numeric', thresholds: cuts });
  const last = cuts.length + 1;
  const conditions: Condition[] = [{ low: 0, high: 0, text: `${feature.name} is missing` }];
  for (let low = 1; low <= last; low++)
    for (let high = low; high <= last; high++)
      if (high - low + 1 < last)
        conditions.push({ low, high, text: rangeText(feature.name, cuts, low, high) });
  return { name: feature.name, bins, count: last + 1, conditions };
}

function rangeText(name: string, cuts: readonly number[], low: number, high: number): string {
  const shown = (cut: number) => String(Number(cut.toPrecision(4)));
  const [above, upTo] = [cuts[low - 2], cuts[high - 1]];
  if (above === undefined) return `${name} ≤ ${shown(upTo!)}`;
  return upTo === undefined ? `${name} > ${shown(above)}` : `${shown(above)} < ${name} ≤ ${shown(upTo)}`;
}

function categorical(feature: Feature, fine: FeatureBins & { kind: 'categorical' }): CoarseColumn {
  const categories = fine.categories.slice(0, CATEGORIES);
  const rest = categories.length + 1;
  const bins = binColumn(feature, fine).map((bin) => Math.min(bin, rest));
  const named = categories.map((category, i) => ({
    ...{ low: i + 1, high: i + 1 },
    text: `${feature.name} = ${category}`,
  }));
  const missing = { low: 0, high: 0, text: `${feature.name} is missing` };
  return { name: feature.name, bins, count: rest + 1, conditions: [missing, ...named] };
}
