import type { Ctx } from '../../context.ts';

/** Messages of a channel that were given up. */
export interface GivenUp {
  readonly channel: string;
  readonly name: string;
  readonly n: number;
  /** Of the newest. */
  readonly at: number;
}

/** Channels with messages that were given up and not sent again since, those with most first. */
export async function givenUp({ ledger }: Pick<Ctx, 'ledger'>): Promise<GivenUp[]> {
  const rows = await ledger
    .selectFrom('outbox')
    .innerJoin('channels', 'channels.id', 'outbox.channel')
    .select(({ fn }) => [
      'outbox.channel',
      'channels.name',
      fn.countAll<number>().as('n'),
      fn.max('outbox.created_at').as('at'),
    ])
    .where('outbox.state', '=', 'failed')
    .groupBy(['outbox.channel', 'channels.name'])
    .execute();
  return rows
    .map(({ n, at, ...row }) => ({ ...row, n: Number(n), at: Number(at) }))
    .sort((a, b) => b.n - a.n || a.name.localeCompare(b.name));
}
