import type { Ctx } from '../../context.ts';
import type { SingleJob } from '../../jobs/job.ts';
import {
  dropView,
  modelViewName,
  modelViews,
  viewColumns,
  writeModelView,
} from '../../store/lake/model-view.ts';

/** A view that could not be made is tried again after so long, or when columns change. */
const AGAIN_MS = 10 * 60_000;

/**
 * Keeps a view of each model's table in which columns have the names that people know them by. One server at a time does
 * it and looks at what there is, so whoever adds or removes a column need not tell. No statement of ours depends on a view: one that
 * cannot be made is logged and tried again.
 */
export function viewsJob(): SingleJob {
  let done = { state: '', until: 0 };
  return {
    name: 'views',
    scope: 'one',
    everyMs: 10_000,
    async run(ctx) {
      const state = await stateOf(ctx);
      if (state === done.state && ctx.clock() < done.until) return;
      const failed = await keepViews(ctx);
      done = { state, until: failed > 0 ? ctx.clock() + AGAIN_MS : Number.POSITIVE_INFINITY };
    },
  };
}

/** Tells whether models or columns were added or removed. */
async function stateOf({ ledger }: Pick<Ctx, 'ledger'>): Promise<string> {
  const newest = async (table: 'models' | 'columns') => {
    const row = await ledger
      .selectFrom(table)
      .select(({ fn }) => [fn.countAll<number>().as('n'), fn.max('created_at').as('newest')])
      .executeTakeFirstOrThrow();
    return [Number(row.n), Number(row.newest)];
  };
  return JSON.stringify([await newest('models'), await newest('columns')]);
}

/** Makes the views as the ledger has the columns. Answers with how many could not be made. */
export async function keepViews(ctx: Pick<Ctx, 'ledger' | 'lake' | 'log' | 'turn'>): Promise<number> {
  const { lake, log } = ctx;
  const [wanted, there] = [await tables(ctx), await modelViews(lake)];
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>) => {
    await ctx.turn();
    await work().catch((error) => failures.push(error));
  };
  for (const [table, features] of wanted) {
    const view = modelViewName(table);
    const known = there.get(view);
    there.delete(view);
    if (known?.ours === false || isSame(known?.columns, viewColumns(features))) continue;
    await attempt(() => writeModelView(lake, table, features));
  }
  for (const [view, { ours }] of there) if (ours) await attempt(() => dropView(lake, view));
  if (failures.length > 0)
    log.warn(
      { views: failures.length, err: failures[0] },
      'views of models could not be made; they are tried again',
    );
  return failures.length;
}

const isSame = (a: readonly string[] | undefined, b: readonly string[]) => a?.join('\n') === b.join('\n');

/** The columns of every model by the name of its table, in their order. */
async function tables({ ledger }: Pick<Ctx, 'ledger'>): Promise<Map<string, string[]>> {
  const models = await ledger.selectFrom('models').select(['id', 'table_name']).execute();
  const columns = await ledger
    .selectFrom('columns')
    .select(['model', 'name'])
    .orderBy('model')
    .orderBy('position')
    .orderBy('name')
    .execute();
  const byModel = Map.groupBy(columns, ({ model }) => model);
  return new Map(
    models.map(({ id, table_name }) => [table_name, (byModel.get(id) ?? []).map(({ name }) => name)]),
  );
}
