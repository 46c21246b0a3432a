import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { readGrids } from './grids.ts';
import { type Watched, watchedOf } from './meaning.ts';

export interface ProfiledColumn {
  readonly name: string;
  readonly type: 'numeric' | 'categorical';
  /** Null until enough values were seen, and for categorical columns. */
  readonly grid: Grid | null;
  /** What monitors look at; profiles are made in any case. */
  readonly watched: Watched;
}

/** Fixed columns of every prediction that are profiled like features. */
export const FIXED_NUMERIC = ['_score', '_latency_ms'] as const;

/** Features and `_prediction` in the model's order, then the fixed numeric columns. Booleans are categories 'true' and 'false'. */
export async function profiledColumns(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<ProfiledColumn[]> {
  const rows = await ctx.ledger
    .selectFrom('columns')
    .select(['name', 'type', 'meaning'])
    .where('model', '=', model)
    .orderBy('position')
    .orderBy('name')
    .execute();
  const grids = await readGrids(ctx, model);
  return [
    ...rows.map(
      ({ name, type, meaning }): ProfiledColumn =>
        type === 'numeric'
          ? { name, type, grid: grids.get(name) ?? null, watched: watchedOf({ type, meaning }) }
          : { name, type: 'categorical', grid: null, watched: watchedOf({ type, meaning }) },
    ),
    ...FIXED_NUMERIC.map(
      (name): ProfiledColumn => ({
        name,
        type: 'numeric',
        grid: grids.get(name) ?? null,
        watched: 'values',
      }),
    ),
  ];
}
