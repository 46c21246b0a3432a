import { gridQuantile } from '../../../stats/grid-summary.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { referenceProfiles } from '../references/resolve.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { chunkParams } from '../roll-up/plan.ts';
import type { ArrivedRow } from '../roll-up/queries/arrived.ts';
import type { Run } from '../roll-up/run.ts';
import { frequentValues, quartiles } from './queries.ts';
import {
  isSettled,
  OWN_SEGMENTS,
  type Split,
  type SplitColumn,
  splitId,
  splitNames,
  splitText,
  VARIANT,
  withValues,
} from './split.ts';
import { splitValue, tagParams } from './split-sql.ts';

/** So many numbers say where their quarters end. */
const ENOUGH = 200;

const background = { background: true };

/**
 * By what the model's predictions are split: as they were before, as far as the setting is the same. True when what is
 * stored is to be split anew: another setting, a column that is something else now, or bands that are known since now.
 */
export async function settleSplits(run: Run): Promise<boolean> {
  const { head, model } = run;
  const names = splitNames(model);
  if (names.length === 0 && head.splits === '[]') return false;
  const before = new Map((JSON.parse(head.splits) as Split[]).map((split) => [splitId(split), split]));
  let anew = head.split_by !== splitText(model);
  const splits: Split[] = [];
  for (const columns of names) {
    const found = splitOf(run, columns);
    const known = before.get(splitId(found));
    const same = known?.columns.every(({ of }, i) => of === found.columns[i]!.of);
    if (!same) anew = true;
    const split = same ? known! : await ofReference(run, found);
    const settled = isSettled(split) ? split : await withCuts(run, split);
    if (settled !== split && isSettled(settled)) anew = true;
    splits.push(settled);
  }
  run.splits = splits;
  return anew && head.first !== null;
}

function splitOf({ columns }: Pick<Run, 'columns'>, names: readonly string[]): Split {
  const known = new Map(columns.map((column) => [column.name, column]));
  const of = (name: string): SplitColumn['of'] => {
    const column = known.get(name);
    if (column === undefined) return name === VARIANT ? 'variant' : 'tag';
    return column.codes ? 'codes' : column.type === 'numeric' ? 'number' : 'text';
  };
  return { columns: names.map((name) => ({ name, of: of(name), cuts: null })), values: [] };
}

/** With the bands and the most frequent values of the model's reference, where it has one. */
async function ofReference(run: Run, split: Split): Promise<Split> {
  const { ctx, model, grids } = run;
  if (model.reference_id === null) return split;
  const columns = split.columns.map(({ name }) => name);
  const at = run.head.newest_event ?? run.now;
  const { profiles } = await referenceProfiles(ctx, model.id, model.reference_id, { columns, at });
  const cut = split.columns.map((column): SplitColumn => {
    const profile = profiles.get(column.name);
    const grid = grids.get(column.name);
    if (column.of !== 'number' || profile === undefined || profile.grid.size === 0 || !grid) return column;
    const found = [0.25, 0.5, 0.75].flatMap((p) => {
      const quantile = gridQuantile(profile.grid, p, grid, profile);
      return 'value' in quantile ? [quantile.value] : [];
    });
    return { ...column, cuts: rounded(found, profile.min ?? Number.NEGATIVE_INFINITY) };
  });
  const counts = split.columns.length === 1 ? profiles.get(columns[0]!)?.counts : undefined;
  const values = [...(counts ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return withValues(
    { ...split, columns: cut },
    values.map(([value]) => value),
  );
}

/** With the quarters of the numbers that came, once there are enough of them. */
async function withCuts(run: Run, split: Split): Promise<Split> {
  const columns: SplitColumn[] = [];
  for (const column of split.columns) {
    if (column.of !== 'number' || column.cuts !== null) columns.push(column);
    else columns.push({ ...column, cuts: await cutsOf(run, column.name) });
  }
  return { ...split, columns };
}

async function cutsOf({ ctx, table }: Run, name: string): Promise<number[] | null> {
  const [row] = await ctx.lake.query<{ n: number; least: number; cuts: number[] }>(
    quartiles(table, columnName(name)),
    {},
    background,
  );
  return row === undefined || row.n < ENOUGH ? null : rounded(row.cuts, row.least);
}

/** As people would say them: three digits; below the least value there is no band. */
function rounded(cuts: readonly number[], least: number): number[] {
  const short = cuts.filter(Number.isFinite).map((cut) => Number(cut.toPrecision(3)));
  return [...new Set(short)].filter((cut) => cut > least).sort((a, b) => a - b);
}

/** Takes the values of a page of arrivals among those with profiles of their own, while there is room. */
export async function settleValues(run: Run, page: ArrivedRow, stretch: Stretch): Promise<void> {
  const open = run.splits.filter((split) => isSettled(split) && split.values.length < OWN_SEGMENTS);
  if (open.length === 0) return;
  const texts = open.map((split, k) => splitValue(split, k));
  const [row] = await run.ctx.lake.query<{ tops: string[][] }>(
    frequentValues(run.table, texts, OWN_SEGMENTS),
    { ...chunkParams(run.model, page), ...stretch, ...tagParams(open) },
    background,
  );
  const grown = new Map(open.map((split, k) => [split, withValues(split, row?.tops[k] ?? [])]));
  run.splits = run.splits.map((split) => grown.get(split) ?? split);
}
