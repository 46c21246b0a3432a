import type { ComparedMeasure } from '../../../contract/version-comparison.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { quantileInterval } from '../../../stats/intervals/quantile-interval.ts';
import { EMPTY_PROFILE, type Profile, present } from '../../profiles/profile.ts';
import { beside, type Counted, verdictOf } from '../quality/measured.ts';

const ANSWER_TIME = '_latency_ms';
const ERRORS = '_error';
/** What serving is compared by. */
export const SERVING_COLUMNS: readonly string[] = [ANSWER_TIME, ERRORS];

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 };

type Profiles = ReadonlyMap<string, Profile>;

/** Share of answers with an error, and quantiles of the answer time where it is sent. Pure. */
export function servingMeasures(
  baseline: Profiles,
  version: Profiles,
  grid: Grid | undefined,
): ComparedMeasure[] {
  const facts = { worse: 'higher' as const, about: 'serving' as const };
  const measure = (id: string, title: string, unit: string, of: (profiles: Profiles) => Counted) => {
    const sides = beside(of(baseline), of(version));
    return { ...{ id, title, unit }, ...facts, ...sides, verdict: verdictOf(sides.difference, facts.worse) };
  };
  const errors = measure('error_share', 'share of answers with an error', 'share', errorShare);
  if (grid === undefined || !(baseline.has(ANSWER_TIME) || version.has(ANSWER_TIME))) return [errors];
  const times = Object.entries(QUANTILES).map(([id, p]) =>
    measure(id, `answer time, ${id}`, 'ms', (profiles) => answerTime(profiles, p, grid)),
  );
  return [errors, ...times];
}

export function errorShare(profiles: Profiles): Counted {
  const { n, missing, invalid, counts } = profiles.get(ERRORS) ?? EMPTY_PROFILE;
  const answers = n - missing - invalid;
  return { ...proportion(answers - (counts.get('') ?? 0), answers), n: answers };
}

export function answerTime(profiles: Profiles, p: number, grid: Grid): Counted {
  const profile = profiles.get(ANSWER_TIME) ?? EMPTY_PROFILE;
  const { min, max } = profile;
  return { ...quantileInterval(profile.grid, p, grid, { min, max }), n: present(profile) };
}
