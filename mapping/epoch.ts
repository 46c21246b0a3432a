import { rfc3339 } from '../contract/time.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import { timeOf } from './time.ts';

const UNITS = [
  ['seconds', 1e3],
  ['milliseconds', 1],
  ['microseconds', 1e-3],
  ['nanoseconds', 1e-6],
] as const;
const EARLIEST = Date.UTC(2000);
const YEAR_MS = 366 * 86_400_000;

/**
 * In which unit the numbers of a column would all be moments between the year 2000 and `latest` (epoch milliseconds); null:
 * in none. `epochUnit(factsOf('t', ['1760000000', '1760003600']), Date.UTC(2027))` → 'seconds'
 */
export function epochUnit(
  { n, missing, numbers, min, max }: TextFacts,
  latest: number,
): (typeof UNITS)[number][0] | null {
  if (numbers === 0 || numbers < n - missing || min === null || max === null) return null;
  return UNITS.find(([, ms]) => min * ms >= EARLIEST && max * ms <= latest)?.[0] ?? null;
}

/**
 * What numbers of a column whose name says nothing would mean as times; null when they hardly are: two or fewer different
 * ones, or moments more than a year from `now`. → 'epoch seconds from 2026-10-01 to 2026-10-31'
 */
export function epochInWords(facts: TextFacts, now: number): string | null {
  const unit = epochUnit(facts, now + YEAR_MS);
  if (unit === null || facts.distinct <= 2) return null;
  const [from, to] = [facts.min, facts.max].map((value) => rfc3339(timeOf(value) as number).slice(0, 10));
  return `epoch ${unit} ${from === to ? `of ${from}` : `from ${from} to ${to}`}`;
}
