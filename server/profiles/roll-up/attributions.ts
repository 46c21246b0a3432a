import {
  ATTRIBUTIONS,
  attributionOf,
  isAttribution,
  MOST_ATTRIBUTIONS,
  mayBeProfiled,
} from '../../models/columns/attributions.ts';
import { freezeGrids } from '../../models/columns/grids.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import type { Stretch } from './open-columns.ts';
import type { ArrivedRow } from './queries/arrived.ts';
import { type ArrivedAttribution, arrivedAttributions, SAMPLED } from './queries/attributions.ts';
import { type Run, readColumnsAgain } from './run.ts';

/** From so many predictions on is known which of more than fifty weigh most. */
const ENOUGH = 200;

/** Any attributions at all: what a page of arrivals is asked while there is room for more of them. */
const ANY: ProfiledColumn = {
  ...{ name: ATTRIBUTIONS, type: 'numeric', codes: false, watched: 'nothing' },
  grid: { center: 0, scale: 1 },
};

/** What a page of arrivals is asked besides: whether attributions came, while not all that are counted are known. */
export function wantsAttributions({ columns }: Pick<Run, 'columns'>): readonly ProfiledColumn[] {
  return columns.filter(({ name }) => isAttribution(name)).length < MOST_ATTRIBUTIONS ? [ANY] : [];
}

/**
 * Attributions that come for the first time get a grid about 0, and with it profiles from this page on: those that weigh most,
 * at most fifty of a model. Which ones of more is settled once 200 predictions of a page carry them.
 */
export async function settleAttributions(
  run: Run,
  asked: readonly ProfiledColumn[],
  page: ArrivedRow,
  { since, until }: Stretch,
): Promise<void> {
  const place = asked.indexOf(ANY);
  if (place < 0 || (page.values[place] ?? 0) === 0) return;
  const known = new Set(run.columns.map(({ name }) => name).filter(isAttribution));
  const room = MOST_ATTRIBUTIONS - known.size;
  const predictions = page.ns.reduce((sum, n) => sum + n, 0);
  const found = await run.ctx.lake.query<ArrivedAttribution>(
    arrivedAttributions(run.table),
    { since, until, every: Math.max(1, Math.floor(predictions / SAMPLED)), most: 2 * MOST_ATTRIBUTIONS },
    { background: true },
  );
  const fresh = found.filter(({ name }) => mayBeProfiled(name) && !known.has(attributionOf(name)));
  if (fresh.length === 0 || (fresh.length > room && page.values[place]! < ENOUGH)) return;
  const settled = fresh.slice(0, room).map(({ name, scale }) => [attributionOf(name), scale] as const);
  await freezeGrids(
    run.ctx,
    run.model.id,
    new Map(settled.map(([name, scale]) => [name, { center: 0, scale: scale > 0 ? scale : 1 }])),
  );
  for (const [name] of settled) run.firstSeen.set(name, page.buckets[0]!);
  await readColumnsAgain(run);
}
