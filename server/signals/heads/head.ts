/** What is kept of a model's signals, so that nobody has to look for it. Times are epoch ms. */
export interface SignalHead {
  /** Buckets of the first and of the newest value; undefined before the first. */
  readonly first?: number;
  readonly last?: number;
  readonly quality: Quality | null;
}

/** The newest values of the series that stands for a model's quality. */
export interface Quality {
  readonly monitor: string;
  readonly metric: string;
  /** Its place among such metrics, 1 the most telling. */
  readonly rank: number;
  /** Oldest first, bounded; as known now. */
  readonly points: readonly QualityPoint[];
}

export interface QualityPoint {
  readonly time: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** What it is compared with; absent in heads of earlier versions. */
  readonly baseline?: number | null;
  /** Buckets that it looked at. */
  readonly window?: number;
}

/** Metrics whose place lies behind this one are estimates: they stand for the quality where no label has told it for long. */
export const ESTIMATED = 10;

/** What was realised so long ago tells nothing of now. */
const STALE_MS = 92 * 86_400_000;

/** Values of quality that are kept: as many as a line of the fleet draws. */
export const KEPT = 48;

export const NO_SIGNALS: SignalHead = { quality: null };

/** The head after values between two buckets were stored, with those of the series that may stand for quality. */
export function advanced(
  head: SignalHead,
  stored: { readonly first: number; readonly last: number; readonly quality: readonly Quality[] },
): SignalHead {
  return {
    first: Math.min(head.first ?? stored.first, stored.first),
    last: Math.max(head.last ?? stored.last, stored.last),
    quality: stored.quality.reduce(chosen, head.quality),
  };
}

/**
 * Which of two stands for the quality, with the values of both where they are one series: what was realised before what is
 * estimated, unless that is long ago; else the one whose newest value is newer; of two that are as new the more telling metric.
 */
function chosen(kept: Quality | null, other: Quality): Quality {
  if (kept === null) return { ...other, points: newest(other.points) };
  if (kept.monitor === other.monitor && kept.metric === other.metric)
    return { ...other, points: newest([...kept.points, ...other.points]) };
  const [mine, theirs] = [valued(kept), valued(other)];
  if (isEstimated(kept) !== isEstimated(other)) {
    const [realised, estimated] = isEstimated(kept) ? [theirs, mine] : [mine, theirs];
    const tells = realised >= 0 && estimated - realised < STALE_MS;
    return tells === isEstimated(kept) ? { ...other, points: newest(other.points) } : kept;
  }
  const otherWins = theirs > mine || (theirs === mine && other.rank < kept.rank);
  return otherWins ? { ...other, points: newest(other.points) } : kept;
}

export const isEstimated = ({ rank }: Pick<Quality, 'rank'>) => rank > ESTIMATED;

const valued = ({ points }: Quality) => points.findLast(({ value }) => value !== null)?.time ?? -1;

/** The newest ones in order of time; of two of the same bucket the later in the list. Half of them at most wait for a value. */
function newest(points: readonly QualityPoint[]): QualityPoint[] {
  const byTime = new Map(points.map((point) => [point.time, point]));
  const all = [...byTime.values()].sort((a, b) => a.time - b.time);
  const told = all.findLastIndex(({ value }) => value !== null) + 1;
  return [...all.slice(0, told), ...all.slice(told).slice(-KEPT / 2)].slice(-KEPT);
}
