import type { Ctx } from '../../../context.ts';
import { storedAnswer } from '../../../models/columns/profiled-columns.ts';
import { PREDICTION } from '../../../models/columns/schema.ts';
import { modelTable } from '../../../models/columns/schemas.ts';
import { answersWithProbability, labelMode } from '../../../profiles/labels/mode.ts';
import { columnName } from '../../../store/lake/column-name.ts';
import type { LakeParam } from '../../../store/lake/lake.ts';
import { moment } from '../../../store/lake/moment.ts';
import type { Candidate, Looked } from './reason.ts';

/** A row as the statements of reasons give it. */
export interface Row {
  readonly id: string;
  readonly time: number;
  readonly stratum: string;
  readonly value: number | null;
}

/** The predicted class as an expression; '' where answers are no classes. A probability is class '1' from 0.5 on. */
export function predictedClass({ model, columns }: Pick<Looked, 'model' | 'columns'>): string {
  const answer = storedAnswer(columns);
  if (answer === undefined || labelMode(model.task, answer) !== 'classes') return "''";
  const name = columnName(PREDICTION);
  if (answersWithProbability(model.task, answer)) return `if(${name} >= 0.5, '1', '0')`;
  return `ifNull(toString(${name}), '')`;
}

/** Predictions of the bucket that were answered, of a large one the share that is looked at, as FROM and WHERE. Parameters: `boundsOf`. */
export function bucketRows({ model, columns }: Pick<Looked, 'model' | 'columns'>): string {
  const answered = storedAnswer(columns) === undefined ? '' : ` AND ${columnName(PREDICTION)} IS NOT NULL`;
  return `FROM ${modelTable(model.table_name)}
WHERE _time >= ${moment('from')} AND _time < ${moment('to')} AND cityHash64(_id, {seed:UInt64}) % {every:UInt64} = 0${answered}
  AND _id NOT IN ({known:Array(String)})`;
}

export function boundsOf({ from, to, seed, every, known }: Looked): Record<string, LakeParam> {
  return { from, to, seed, every, known };
}

/** The rows of the bucket with the smallest or largest value of an expression, of equal ones as the seed has it; none where it is null. */
export async function extremes(
  ctx: Pick<Ctx, 'lake'>,
  looked: Looked,
  { value, order, prelude = '' }: { value: string; order: 'ASC' | 'DESC'; prelude?: string },
  params: Record<string, LakeParam> = {},
): Promise<Candidate[]> {
  const rows = await ctx.lake.query<Row>(
    `${prelude}SELECT _id AS id, toUnixTimestamp64Milli(_time) AS time, ${predictedClass(looked)} AS stratum, ${value} AS value
${bucketRows(looked)} AND isNotNull(value)
ORDER BY value ${order}, cityHash64(_id, {seed:UInt64}) LIMIT 1 BY id LIMIT {limit:UInt32}`,
    { ...boundsOf(looked), limit: looked.limit, ...params },
  );
  return rows.map(candidate);
}

export function candidate({ id, time, stratum, value }: Row): Candidate {
  return { id, time: Number(time), stratum, value: value === null ? null : Number(value) };
}
