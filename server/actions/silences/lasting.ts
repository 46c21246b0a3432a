import type { Kysely } from 'kysely';
import type { Ledger } from '../../store/ledger/schema.ts';
import { activeSilences, matchersOf } from './active.ts';

/** A silence that holds, for people who may have forgotten it. */
export interface Lasting {
  readonly matchers: string;
  readonly comment: string;
  readonly by: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Incidents that go on and of which nobody is told since it holds. */
  readonly silenced: number;
}

/** The silences that hold now and end before a moment, or have held for so long: those that end first, first. */
export async function lastingSilences(
  ledger: Kysely<Ledger>,
  now: number,
  { ends, long }: { readonly ends: number; readonly long: number },
): Promise<Lasting[]> {
  const rows = (await activeSilences(ledger, now)).filter(
    ({ starts_at, ends_at }) => ends_at < ends || now - starts_at >= long,
  );
  const counted = await ledger
    .selectFrom('silenced')
    .select(({ fn }) => ['silence', fn.countAll<number>().as('n')])
    .groupBy('silence')
    .execute();
  const silenced = new Map(counted.map(({ silence, n }) => [silence, Number(n)]));
  return rows
    .sort((a, b) => a.ends_at - b.ends_at)
    .map((row) => ({
      matchers:
        matchersOf(row)
          .map(({ field, op, value }) => `${field}${op}${value}`)
          .join(' ') || 'every incident',
      comment: row.comment,
      by: row.created_by,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      silenced: silenced.get(row.id) ?? 0,
    }));
}
