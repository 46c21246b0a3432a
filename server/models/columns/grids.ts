import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { isAttribution } from './attributions.ts';
import { LOG_ODDS_GRID, PROBABILITIES, WINNING_GRID } from './probabilities.ts';

/**
 * The grid a profile is on, by the profile's name: `_score|yes` shares that of `_score` (that of `_prediction` where the
 * prediction is the score), `_absolute_residual` that of `_residual`, every other column has its own.
 */
export function gridOfProfile(grids: ReadonlyMap<string, Grid>, name: string): Grid | undefined {
  if (name.startsWith('_score|')) return grids.get('_score') ?? grids.get('_prediction');
  if (name === PROBABILITIES || name.startsWith('_winning|')) return WINNING_GRID;
  if (
    /^_(own_probability|other_probability|class_probability|said_probability|own_said|other_said)\|/.test(
      name,
    )
  )
    return LOG_ODDS_GRID;
  return grids.get(name === '_absolute_residual' ? '_residual' : name);
}

/** The frozen grids of a model by column, the special ones included; a column without one is absent. */
export async function readGrids(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<Map<string, Grid>> {
  const columns = await ctx.ledger
    .selectFrom('columns')
    .select(['name', 'grid_center as center', 'grid_scale as scale'])
    .where('model', '=', model)
    .where('grid_scale', 'is not', null)
    .execute();
  const special = await ctx.ledger
    .selectFrom('grids')
    .select(['name', 'center', 'scale'])
    .where('model', '=', model)
    .execute();
  return new Map(
    [...columns, ...special].map(({ name, center, scale }) => [name, { center: center!, scale: scale! }]),
  );
}

/** Grids of profiles that are made, not sent: they are not in `columns`. */
export const SPECIAL_GRIDS = ['_score', '_latency_ms', '_label', '_residual'];

/** Freezes grids that are not frozen yet; one that is never changes. */
export async function freezeGrids(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  grids: ReadonlyMap<string, Grid>,
): Promise<void> {
  if (grids.size === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    for (const [name, { center, scale }] of grids) {
      if (SPECIAL_GRIDS.includes(name) || isAttribution(name)) {
        await trx
          .insertInto('grids')
          .values({ model, name, center, scale })
          .onConflict((conflict) => conflict.columns(['model', 'name']).doNothing())
          .execute();
      } else {
        await trx
          .updateTable('columns')
          .set({ grid_center: center, grid_scale: scale })
          .where('model', '=', model)
          .where('name', '=', name)
          .where('grid_scale', 'is', null)
          .execute();
      }
    }
  });
}
