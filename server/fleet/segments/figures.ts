import { segmentText } from '../../../contract/segment-key.ts';
import type { SegmentFigures } from '../../../contract/segments.ts';
import type { DifferenceVerdict, Measured } from '../../../contract/version-comparison.ts';
import { normalCdf, Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { benjaminiHochberg } from '../../../stats/multiple-testing.ts';
import type { Profile } from '../../profiles/profile.ts';
import { beside, type Counted } from '../quality/measured.ts';
import { type QualityMetric, qualityOf } from '../quality/metrics.ts';
import { type ColumnOf, compareColumns } from '../versions/columns.ts';

/** False ones among all that are told to differ, at most. */
const FALSE_SHARE = 0.05;

type Profiles = ReadonlyMap<string, Profile>;

/** What is read of a segment, now and in the reference; an absent reference has no segments. */
export interface SegmentRead {
  readonly key: string;
  readonly split: string;
  readonly current: Profiles;
  readonly before: Profiles | null;
}

export interface Compared {
  readonly metric: QualityMetric | null;
  /** Why there is no metric. */
  readonly reason: string;
  /** What the model answers: how far it has moved. */
  readonly answer: ColumnOf | null;
  readonly all: Profiles;
}

const rows = (profiles: Profiles) => profiles.get('_all')?.n ?? 0;

/** Every segment beside all predictions, and beside what it was. Pure. */
export function segmentFigures(reads: readonly SegmentRead[], compared: Compared): SegmentFigures[] {
  const { metric, reason, answer, all } = compared;
  const of = (profiles: Profiles | null): Counted =>
    metric === null || profiles === null
      ? { reason: profiles === null ? 'reference_has_no_segments' : reason, n: 0 }
      : qualityOf(metric.recipe, profiles);
  const worse = metric?.meta.worse ?? 'lower';
  const whole = of(all);
  const total = rows(all);
  const found = reads.map((read) => {
    const quality = of(read.current);
    return { read, than: beside(whole, quality), since: beside(of(read.before), quality) };
  });
  const than = verdicts(
    found.map(({ than }) => than.difference),
    worse,
  );
  const since = verdicts(
    found.map(({ since }) => since.difference),
    worse,
  );
  const lost = lostShares(
    found.map(({ read, since }) => ({ split: read.split, ...since.difference, n: since.version.n })),
    worse,
  );
  return found.map(({ read, than: { version, difference }, since: { baseline, difference: change } }, i) => ({
    ...{ key: read.key, split: read.split, text: segmentText(read.key) },
    n: rows(read.current),
    share: total === 0 ? 0 : rows(read.current) / total,
    ...{ quality: version, than_all: difference, verdict: than[i]! },
    ...{ before: baseline, change, change_verdict: since[i]!, lost: lost[i]! },
    answer_drift: answer === null || read.before === null ? null : driftOf(answer, read.before, read.current),
  }));
}

function driftOf(answer: ColumnOf, before: Profiles, current: Profiles): SegmentFigures['answer_drift'] {
  const [column] = compareColumns([answer], before, current);
  return column === undefined ? null : { column: answer.name, ...column.score };
}

/** What differences say, told apart from chance over all of them together (Benjamini–Hochberg). */
function verdicts(differences: readonly Measured[], worse: 'higher' | 'lower'): DifferenceVerdict[] {
  const adjusted = benjaminiHochberg(differences.map(chanceOf));
  return differences.map(({ value }, i) => {
    const q = adjusted[i]!;
    if (value === null || Number.isNaN(q)) return 'unknown';
    if (q > FALSE_SHARE) return 'no_difference';
    return value > 0 === (worse === 'higher') ? 'worse' : 'better';
  });
}

/** Two-sided probability of a difference as far from 0, from the side of its interval that lies towards 0. */
function chanceOf({ value, low, high }: Measured): number {
  if (value === null || low === null || high === null) return Number.NaN;
  const reach = value > 0 ? value - low : high - value;
  if (!(reach > 0)) return value === 0 ? 1 : 0;
  return Math.min(1, 2 * normalCdf((-Z_TWO_SIDED_95 * Math.abs(value)) / reach));
}

interface Loss extends Measured {
  readonly split: string;
}

/** What each lost by its labelled predictions, as a share of what its split lost; what got better lost nothing. */
function lostShares(changes: readonly Loss[], worse: 'higher' | 'lower'): (number | null)[] {
  const losses = changes.map(({ value, n }) =>
    value === null ? null : Math.max(0, (worse === 'higher' ? value : -value) * n),
  );
  const totals = new Map<string, number>();
  changes.forEach(({ split }, i) => {
    totals.set(split, (totals.get(split) ?? 0) + (losses[i] ?? 0));
  });
  return losses.map((loss, i) => {
    const total = totals.get(changes[i]!.split)!;
    return loss === null || total === 0 ? null : loss / total;
  });
}
