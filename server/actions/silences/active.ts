import type { Kysely } from 'kysely';
import { Matcher } from '../../../contract/silence.ts';
import { endOfHours, WeekHours } from '../../../contract/week-hours.ts';
import type { Ledger, SilenceRow } from '../../store/ledger/schema.ts';
import type { Concern } from '../concerns.ts';
import { matches } from './matches.ts';

export const matchersOf = ({ matchers }: Pick<SilenceRow, 'matchers'>): Matcher[] =>
  Matcher.array().parse(JSON.parse(matchers));

export const hoursOf = ({ hours }: Pick<SilenceRow, 'hours'>): WeekHours | null =>
  hours === null ? null : WeekHours.parse(JSON.parse(hours));

/** Whether a silence holds at a moment, or when not, why. */
export function stateOf(row: SilenceRow, now: number): 'coming' | 'active' | 'resting' | 'over' {
  if (now >= row.ends_at) return 'over';
  if (now < row.starts_at) return 'coming';
  const hours = hoursOf(row);
  return hours === null || endOfHours(hours, now) !== null ? 'active' : 'resting';
}

/** The silences that hold now. */
export async function activeSilences(ledger: Kysely<Ledger>, now: number): Promise<SilenceRow[]> {
  const rows = await ledger
    .selectFrom('silences')
    .selectAll()
    .where('ends_at', '>', now)
    .where('starts_at', '<=', now)
    .orderBy('id')
    .execute();
  return rows.filter((row) => stateOf(row, now) === 'active');
}

/** The first of these silences that holds for an incident. */
export function holdsFor(silences: readonly SilenceRow[], incident: Concern): SilenceRow | undefined {
  return silences.find((row) => matches(matchersOf(row), incident));
}
