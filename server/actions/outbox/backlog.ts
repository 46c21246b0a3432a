import type { Ctx } from '../../context.ts';

/** What waits for a channel. */
export interface ChannelBacklog {
  readonly id: string;
  readonly name: string;
  readonly waiting: number;
  /** When the oldest message that waits was put down; null when none waits. */
  readonly waitingSince: number | null;
  /** What the last try of the oldest failed of. */
  readonly lastError: string | null;
}

/** Every channel that is switched on, with what waits for it. */
export async function deliveryBacklog({ ledger }: Pick<Ctx, 'ledger'>): Promise<ChannelBacklog[]> {
  const channels = await ledger
    .selectFrom('channels')
    .select(['id', 'name'])
    .where('enabled', '=', 1)
    .execute();
  const waiting = await ledger
    .selectFrom('outbox')
    .select(({ fn }) => [
      'channel',
      fn.countAll<number>().as('n'),
      fn.min('created_at').as('since'),
      fn.max('last_error').as('error'),
    ])
    .where('state', '=', 'waiting')
    .where('event', '!=', 'test')
    .groupBy('channel')
    .execute();
  const of = new Map(waiting.map((row) => [row.channel, row]));
  return channels.map(({ id, name }) => {
    const row = of.get(id);
    return {
      id,
      name,
      waiting: Number(row?.n ?? 0),
      waitingSince: row?.since ?? null,
      lastError: row?.error ?? null,
    };
  });
}
