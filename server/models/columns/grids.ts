import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';

/** Grids of profiles that are made, not sent: they have no row in `columns`, so their grids live in `settings`. */
const settingKey = (model: string, column: string) => `grid/${model}/${column}`;

/**
 * The grid a profile is on, by the profile's name: `_score|yes` shares that of `_score` (that of `_prediction` where the
 * prediction is the score), `_absolute_residual` that of `_residual`, every other column has its own.
 */
export function gridOfProfile(grids: ReadonlyMap<string, Grid>, name: string): Grid | undefined {
  if (name.startsWith('_score|')) return grids.get('_score') ?? grids.get('_prediction');
  return grids.get(name === '_absolute_residual' ? '_residual' : name);
}

/** The frozen grids of a model by column, the special ones included; a column without one is absent. */
export async function readGrids(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<Map<string, Grid>> {
  const columns = await ctx.ledger
    .selectFrom('columns')
    .select(['name', 'grid_center', 'grid_scale'])
    .where('model', '=', model)
    .where('grid_scale', 'is not', null)
    .execute();
  const prefix = settingKey(model, '');
  const settings = await ctx.ledger
    .selectFrom('settings')
    .selectAll()
    .where(
      'key',
      'in',
      SPECIAL_GRIDS.map((name) => prefix + name),
    )
    .execute();
  return new Map([
    ...columns.map(({ name, grid_center, grid_scale }): [string, Grid] => [
      name,
      { center: grid_center!, scale: grid_scale! },
    ]),
    ...settings.map(({ key, value }): [string, Grid] => [
      key.slice(prefix.length),
      JSON.parse(value) as Grid,
    ]),
  ]);
}

/** Grids that are not in `columns`. */
export const SPECIAL_GRIDS = ['_score', '_latency_ms', '_label', '_residual'];

/**
 * Freezes grids that are not frozen yet; one that is never changes. In the same transaction the model is set back to the
 * moment its first value of these columns was received, so that buckets rolled up without a grid are done again.
 */
export async function freezeGrids(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  grids: ReadonlyMap<string, Grid>,
  firstReceived: number,
): Promise<void> {
  if (grids.size === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    for (const [name, grid] of grids) {
      if (SPECIAL_GRIDS.includes(name)) {
        await trx
          .insertInto('settings')
          .values({ key: settingKey(model, name), value: JSON.stringify(grid) })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute();
      } else {
        await trx
          .updateTable('columns')
          .set({ grid_center: grid.center, grid_scale: grid.scale })
          .where('model', '=', model)
          .where('name', '=', name)
          .where('grid_scale', 'is', null)
          .execute();
      }
    }
    await trx
      .updateTable('models')
      .set({ rolled_up_to: firstReceived })
      .where('id', '=', model)
      .where('rolled_up_to', '>', firstReceived)
      .execute();
  });
}
