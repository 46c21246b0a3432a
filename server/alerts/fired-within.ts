import type { Ctx } from '../context.ts';
import type { AlertRow } from '../store/ledger/schema.ts';
import { type Episode, episodesOf } from './episodes.ts';
import { toldLines } from './told-lines.ts';

/** A stretch of event time in which an alert fired, as far as is known now. */
export interface Fired {
  readonly alert: Pick<AlertRow, 'id' | 'monitor' | 'kind' | 'metric' | 'column'>;
  readonly episode: Episode;
}

/** When alerts on a column of all predictions fired between two event times, in order of time. */
export async function firedWithin(
  ctx: Pick<Ctx, 'ledger'>,
  { model, column }: { readonly model: string; readonly column: string },
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Fired[]> {
  const alerts = await ctx.ledger
    .selectFrom('alerts')
    .select(['id', 'monitor', 'kind', 'metric', 'column'])
    .where('model', '=', model)
    .where('column', '=', column)
    .where('segment', '=', '')
    .execute();
  const lines = await toldLines(
    ctx,
    alerts.map(({ id }) => id),
    0,
  );
  return alerts
    .flatMap((alert) => episodesOf(null, lines.get(alert.id) ?? []).map((episode) => ({ alert, episode })))
    .filter(({ episode: { since, endedAt } }) => since < to && endedAt > from)
    .sort((a, b) => a.episode.since - b.episode.since);
}
