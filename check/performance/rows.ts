import type { Engine } from '../../tables/engine/engine.ts';
import { axisOf } from '../axis.ts';
import type { CountPlan } from '../count.ts';
import { type SampledColumn, type SampledRows, sampleRows } from '../rows.ts';
import type { Table } from '../table/table.ts';
import type { Roles } from './roles.ts';

/** Rows whose labels are looked at on each side. */
const MOST_ROWS = 200_000;

/** Labels, predictions and scores of one table's rows; absent columns are undefined. */
export interface LabelledTable {
  readonly n: number;
  readonly label?: SampledColumn;
  readonly prediction?: SampledColumn;
  readonly score?: SampledColumn;
  /** The same rows' other columns. */
  readonly others: SampledRows;
}

/** Reads what the parts need, and further columns of the same rows. */
export async function labelledRows(
  engine: Engine,
  table: Table,
  roles: Roles,
  others: readonly CountPlan[],
  { most = MOST_ROWS, order = 'any' }: { most?: number; order?: 'any' | 'file' } = {},
): Promise<LabelledTable> {
  const kind = (numeric: boolean, name: string | undefined): CountPlan[] =>
    name === undefined ? [] : [numeric ? numberPlan(name) : classPlan(name)];
  const regression = roles.task === 'regression';
  const rows = await sampleRows(
    engine,
    table,
    [
      ...kind(regression, roles.label),
      ...kind(regression, roles.prediction),
      ...kind(true, roles.score),
      ...others,
    ],
    most,
    order,
  );
  const of = (name: string | undefined) => (name === undefined ? undefined : rows.columns.get(name));
  const [label, prediction, score] = [of(roles.label), of(roles.prediction), of(roles.score)];
  return {
    n: rows.n,
    ...(label && { label }),
    ...(prediction && { prediction }),
    ...(score && { score }),
    others: rows,
  };
}

/** Classes read the same whatever the format spells: case and a float's ".0" do not count. */
function classPlan(name: string): CountPlan {
  return { name, type: 'boolean', axis: null, known: null, clipped: false, presenceOnly: false };
}

/** Whatever stands there, as text. */
export function textPlan(name: string): CountPlan {
  return { ...classPlan(name), type: 'categorical' };
}

function numberPlan(name: string): CountPlan {
  return { ...classPlan(name), type: 'numeric', axis: axisOf([], 0, 1, false) };
}
