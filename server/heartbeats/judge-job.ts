import type { JobSettings, JobVerdict } from '../../contract/heartbeat.ts';

/** A run that ended; epoch milliseconds. */
export interface Run {
  readonly at: number;
  readonly state: 'ok' | 'fail';
  readonly rows: number | null;
  readonly durationMs: number | null;
}

export interface JobFacts {
  readonly settings: JobSettings;
  /** The newest runs, the oldest first. */
  readonly runs: readonly Run[];
  readonly runningSince: number | null;
  /** Since when this server could hear of it without a pause. */
  readonly listeningSince: number;
}

export interface Judged {
  readonly verdict: JobVerdict;
  /** Since when it is so. */
  readonly since: number;
  readonly sentence: string;
  readonly everyMs: number | null;
  readonly by: number | null;
  readonly longestMs: number | null;
  readonly rows: number | null;
}

const MINUTE = 60_000;
/** So many runs tell what is usual. */
const USUAL = 4;
/** A run of so small a part of the usual time did not do its work. */
const TOO_SHORT = 0.1;
/** Runs shorter than this are not told apart. */
const SHORTEST_MS = 1_000;

/**
 * How a job does at a moment: whether its last run failed, the one that goes on hangs, the next one is late, or the last one shrank. What was
 * not set is learned from the newest runs: medians, and how often it comes only where the longest gap is at most twice the median, and at most a quarter of them less than half of it. Pure.
 */
export function judgeJob(facts: JobFacts, now: number): Judged {
  const { settings, runs, runningSince } = facts;
  const last = runs.at(-1);
  const good = runs.filter(({ state }) => state === 'ok');
  const everyMs = settings.every_ms ?? usualGap(good);
  const longestMs = settings.longest_ms ?? usualLongest(good);
  const before = good.slice(0, -1);
  const rows = usual(before.map((run) => run.rows));
  const by = dueBy(facts, good, everyMs);
  const known = { everyMs, longestMs, by, rows };
  const told = (verdict: JobVerdict, since: number, sentence: string): Judged => ({
    ...{ verdict, since, sentence },
    ...known,
  });
  if (runningSince !== null && longestMs !== null && now - runningSince > longestMs)
    return told(
      'hanging',
      runningSince + longestMs,
      `runs for ${span(now - runningSince)} and is not done; it takes ${span(longestMs)} at most`,
    );
  if (last?.state === 'fail')
    return told('failed', last.at, 'said that it failed, and no run has ended well since');
  if (by !== null && now > by)
    return told(
      'late',
      by,
      `has not ended well for ${span(now - (good.at(-1)?.at ?? by))}; it is expected every ${span(everyMs!)}`,
    );
  const shrunk = last === undefined ? null : shrinkage(last, before, settings, rows);
  if (shrunk !== null) return told('shrunk', last!.at, shrunk);
  if (runningSince !== null) return told('running', runningSince, `runs for ${span(now - runningSince)}`);
  if (everyMs === null)
    return told('learning', last?.at ?? now, `${good.length} of ${USUAL + 1} runs that tell what is usual`);
  return told('ok', last?.at ?? now, `ended well ${span(now - (last?.at ?? now))} ago`);
}

function dueBy(
  { settings, listeningSince }: JobFacts,
  good: readonly Run[],
  everyMs: number | null,
): number | null {
  const last = good.at(-1);
  if (everyMs === null || last === undefined) return null;
  const grace = settings.grace_ms ?? Math.max(everyMs / 4, 5 * MINUTE);
  // Of what nobody could hear, nobody was late.
  return Math.max(last.at + everyMs + grace, listeningSince + grace);
}

function shrinkage(
  last: Run,
  before: readonly Run[],
  { shrunk_below }: JobSettings,
  rows: number | null,
): string | null {
  if (last.rows !== null && rows !== null && last.rows < rows * shrunk_below)
    return `did ${last.rows} rows; usually it does ${rows}`;
  const duration = usual(before.map((run) => run.durationMs));
  if (
    last.durationMs !== null &&
    duration !== null &&
    duration >= SHORTEST_MS &&
    last.durationMs < duration * TOO_SHORT
  )
    return `took ${span(last.durationMs)}; usually it takes ${span(duration)}: it may have done nothing`;
  return null;
}

/** The median of those that are known; null of too few. */
function usual(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length < USUAL) return null;
  const middle = Math.floor(known.length / 2);
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2;
}

/** How often runs end well; null while they are few, or come at no regular time. */
function usualGap(good: readonly Run[]): number | null {
  const gaps = good.slice(1).map(({ at }, i) => at - good[i]!.at);
  const median = usual(gaps);
  if (median === null || median <= 0 || Math.max(...gaps) > 2 * median) return null;
  // A run between two others, by hand, makes a regular job no irregular one.
  const short = gaps.filter((gap) => gap < median / 2).length;
  return short > gaps.length / 4 ? null : median;
}

/** Well beyond what runs took. */
function usualLongest(good: readonly Run[]): number | null {
  const median = usual(good.map(({ durationMs }) => durationMs));
  return median === null ? null : Math.max(3 * median, median + 10 * MINUTE);
}

/** `3 d 4 h`, `12 min`, `40 s` */
function span(ms: number): string {
  const [days, hours] = [Math.floor(ms / (1440 * MINUTE)), Math.floor(ms / (60 * MINUTE))];
  if (days > 1) return `${days} d ${hours - 24 * days} h`;
  if (hours > 0) return `${hours} h ${Math.floor(ms / MINUTE) - 60 * hours} min`;
  return ms >= MINUTE ? `${Math.floor(ms / MINUTE)} min` : `${Math.round(ms / 1000)} s`;
}
