import type { Feature } from '../../../stats/trees/feature.ts';
import type { Ctx } from '../../context.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { classExpressions } from './mode.ts';

/** Labelled predictions that are looked at: the newest of the range. */
export const ROWS = 20_000;

/** Whether an answer was wrong, or how far off: as profiles of labels compare them. */
export type Loss = 'errors' | 'absolute_error';

export interface LabelledSample {
  readonly features: readonly Feature[];
  readonly loss: readonly number[];
}

type SampledColumn = Pick<ProfiledColumn, 'name' | 'type'>;

export interface SampledRange {
  readonly from: number;
  readonly to: number;
  readonly loss: Loss;
  /** How answers are stored. */
  readonly answer: ProfiledColumn['type'] | undefined;
}

/** The newest labelled predictions of a range with the columns named, and what went wrong in each. One statement of bounded size. */
export async function labelledSample(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'id' | 'table_name' | 'task'>,
  columns: readonly SampledColumn[],
  { from, to, loss, answer }: SampledRange,
): Promise<LabelledSample> {
  const { actual, predicted } = classExpressions(model.task, answer);
  const lost =
    loss === 'errors' ? `toFloat64(${actual} != ${predicted})` : 'abs(prediction_number - label_number)';
  const cells = columns.map(({ name }, i) => `groupArray(tuple(${columnName(name)})) AS _f${i}`);
  const [row] = await ctx.lake.query<Record<string, unknown[]>>(
    `SELECT groupArray(lost_of) AS _lost, ${cells.join(', ')}
FROM (
  SELECT ${columns.map(({ name }) => columnName(name)).join(', ')}, lost_of
  FROM (
    SELECT _id, ${columns.map(({ name }) => columnName(name)).join(', ')}
    FROM ${modelTable(model.table_name)}
    WHERE _time >= ${moment('from')} AND _time < ${moment('to')}
      AND cityHash64(_id) GLOBAL IN (SELECT cityHash64(id) FROM ${NEWEST})
  ) AS predictions
  GLOBAL INNER JOIN (SELECT id, assumeNotNull(${lost}) AS lost_of FROM ${NEWEST}) AS labelled ON predictions._id = labelled.id
  LIMIT ${ROWS}
)`,
    { model: model.id, from, to },
  );
  return {
    loss: (row?._lost ?? []) as number[],
    features: columns.map((column, i) => featureOf(column, row?.[`_f${i}`] ?? [])),
  };
}

const NEWEST = `(
      SELECT id, label, label_number, prediction, prediction_number FROM tiltmeter.labelled
      WHERE model = {model:String} AND time >= ${moment('from')} AND time < ${moment('to')} AND prediction IS NOT NULL
      ORDER BY time DESC, id LIMIT 1 BY id LIMIT ${ROWS})`;

/** groupArray leaves nulls out, so values come in tuples of one. */
function featureOf({ name, type }: SampledColumn, cells: readonly unknown[]): Feature {
  const values = cells.map((cell) => (Array.isArray(cell) ? cell[0] : cell) as number | string | null);
  return type === 'numeric'
    ? {
        name,
        kind: 'numeric',
        values: Float64Array.from(values, (value) => (value as number | null) ?? Number.NaN),
      }
    : { name, kind: 'categorical', values: values.map((value) => (value === null ? null : String(value))) };
}
