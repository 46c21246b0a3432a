import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { isAttribution } from './attributions.ts';
import { readGrids } from './grids.ts';
import { countedAs, isCodes, type Watched, watchedOf } from './meaning.ts';
import { PROBABILITIES, WINNING_GRID } from './probabilities.ts';
import { PREDICTION } from './schema.ts';

export interface ProfiledColumn {
  readonly name: string;
  /** As what its values are counted. */
  readonly type: 'numeric' | 'categorical';
  /** Its values are stored as numbers and counted as categories. */
  readonly codes: boolean;
  /** Null until enough values were seen, and for categorical columns. */
  readonly grid: Grid | null;
  /** What monitors look at; profiles are made in any case. */
  readonly watched: Watched;
}

/** Fixed columns of every prediction that are profiled like features. */
export const FIXED_NUMERIC = ['_score', '_latency_ms', PROBABILITIES] as const;

const FIXED_GRIDS: ReadonlyMap<string, Grid> = new Map([[PROBABILITIES, WINNING_GRID]]);

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
    ...rows.map(({ name, ...row }): ProfiledColumn => {
      const type = countedAs(row);
      const grid = type === 'numeric' ? (grids.get(name) ?? null) : null;
      return { name, type, codes: isCodes(row), grid, watched: watchedOf(row) };
    }),
    ...FIXED_NUMERIC.map(
      (name): ProfiledColumn => ({
        name,
        type: 'numeric',
        codes: false,
        grid: FIXED_GRIDS.get(name) ?? grids.get(name) ?? null,
        watched: 'values',
      }),
    ),
  ];
}

/** What is counted: those, and the attributions that have a grid, by name. No monitor of columns looks at these. */
export async function countedColumns(ctx: Pick<Ctx, 'ledger'>, model: string): Promise<ProfiledColumn[]> {
  return [...(await profiledColumns(ctx, model)), ...attributionColumns(await readGrids(ctx, model))];
}

/** The attributions with profiles of their own, by name. */
export function attributionColumns(grids: ReadonlyMap<string, Grid>): ProfiledColumn[] {
  return [...grids]
    .filter(([name]) => isAttribution(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, grid]) => ({ name, type: 'numeric', codes: false, grid, watched: 'nothing' }));
}

/** How the answers of a model are stored, whatever they are counted as; undefined before the first. */
export function storedAnswer(columns: readonly ProfiledColumn[]): ProfiledColumn['type'] | undefined {
  const answer = columns.find(({ name }) => name === PREDICTION);
  return answer?.codes ? 'numeric' : answer?.type;
}
