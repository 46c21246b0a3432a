import type { Drill, DrillDetail, DrillFigures, DrillOutcome, NewDrill } from '../../contract/drill.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { rfc3339 } from '../../contract/time.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import { type Ctx, shownName } from '../context.ts';
import { findModel } from '../models/find-model.ts';
import { pageFrom } from '../page.ts';
import type { DrillRow } from '../store/ledger/schema.ts';
import { VERSION } from '../version.ts';
import { drillFigures } from './figures.ts';

/** Keeps what a drill found; it ran elsewhere, and nothing of it was stored here. Errors: not_allowed, not_found (model). */
export async function keepDrill(ctx: Ctx, drill: NewDrill): Promise<Drill> {
  authorise(ctx.actor, 'write');
  const { about, model, rows, outcomes, clean_buckets } = drill;
  if (model !== null) await findModel(ctx, model);
  const row: DrillRow = {
    ...{ id: ctx.ids.id(), about, model, rows, version: VERSION },
    created_at: ctx.clock(),
    created_by: shownName(ctx.actor),
    figures: JSON.stringify(drillFigures(outcomes, clean_buckets)),
    outcomes: JSON.stringify(outcomes),
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('drills').values(row).execute();
    await audit(ctx, trx, 'drill.keep', row.id, { about, model, outcomes: outcomes.length });
  });
  return drillOf(row);
}

interface Page {
  readonly model?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Drills that were kept, the newest first, without what became of each fault. Errors: not_allowed. */
export async function listDrills(ctx: Ctx, { model, limit, cursor }: Page) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('drills')
    .select(['id', 'created_at', 'created_by', 'version', 'about', 'model', 'rows', 'figures'])
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  if (model !== undefined) query = query.where('model', '=', model);
  const { items, next_cursor } = pageFrom(await query.execute(), limit, ({ id }) => id);
  return { items: items.map(drillOf), next_cursor };
}

/** One drill with what became of each fault. Errors: not_allowed, not_found. */
export async function getDrill(ctx: Ctx, id: string): Promise<DrillDetail> {
  authorise(ctx.actor, 'read');
  const row = await ctx.ledger.selectFrom('drills').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new TiltmeterError('not_found', 'There is no such drill');
  return { ...drillOf(row), outcomes: JSON.parse(row.outcomes) as DrillOutcome[] };
}

function drillOf(row: Omit<DrillRow, 'outcomes'>): Drill {
  const { id, about, model, rows, version } = row;
  return {
    ...{ id, about, model, rows, version },
    at: rfc3339(row.created_at),
    by: row.created_by,
    figures: JSON.parse(row.figures) as DrillFigures,
  };
}
