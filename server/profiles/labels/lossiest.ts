import type { Ctx } from '../../context.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { classExpressions, labelMode } from './mode.ts';

/** A labelled prediction that was far off. */
export interface Lossy {
  readonly id: string;
  readonly time: number;
  /** The predicted class; '' where answers are numbers. */
  readonly predicted: string;
  /** Of numbers how far off; of classes −ln of what the label's class was given, 1 where nothing was said of it. */
  readonly loss: number;
}

export interface LossyRange {
  readonly from: number;
  readonly to: number;
  /** How answers are stored. */
  readonly answer: ProfiledColumn['type'] | undefined;
  readonly every: number;
  readonly seed: number;
  readonly limit: number;
  /** Ids that are left out. */
  readonly known: readonly string[];
}

/** Probabilities closer to 0 count as this. */
const SUREST = 2 ** -52;

/**
 * Predictions of a range whose label says that they were most wrong, the worst first; those that a person labelled are left out. Of classes only wrong
 * answers. Empty for lists. One statement of bounded size: of many predictions one in `every` is looked at, chosen by the seed.
 */
export async function lossiest(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'id' | 'task'>,
  { answer, ...range }: LossyRange,
): Promise<Lossy[]> {
  const mode = labelMode(model.task, answer);
  if (mode === 'lists') return [];
  const { predicted, actual } = classExpressions(model.task, answer);
  const said = `coalesce(if(mapContains(probabilities, ${actual}), probabilities[${actual}], NULL), if(score >= 0 AND score <= 1, 1 - greatest(score, 1 - score), NULL))`;
  const found =
    mode === 'numeric'
      ? { stratum: "''", loss: 'abs(prediction_number - label_number)', wrong: 'true' }
      : {
          stratum: `ifNull(${predicted}, '')`,
          loss: `ifNull(-log(greatest(${said}, ${SUREST})), 1)`,
          wrong: `${predicted} != ${actual}`,
        };
  const rows = await ctx.lake.query<Lossy>(
    `SELECT id, toUnixTimestamp64Milli(time) AS time_ms, ${found.stratum} AS predicted, toFloat64(${found.loss}) AS loss
FROM (
  SELECT id, time, label, label_number, prediction, prediction_number, score, probabilities, human FROM tiltmeter.labelled
  WHERE model = {model:String} AND time >= ${moment('from')} AND time < ${moment('to')}
    AND cityHash64(id, {seed:UInt64}) % {every:UInt64} = 0 AND id NOT IN ({known:Array(String)})
  ORDER BY time, id, located DESC LIMIT 1 BY id
)
WHERE human = 0 AND prediction IS NOT NULL AND isFinite(ifNull(${found.loss}, nan)) AND ${found.wrong}
ORDER BY loss DESC, cityHash64(id, {seed:UInt64}) LIMIT {limit:UInt32}`,
    { model: model.id, ...range },
  );
  return rows.map(({ id, predicted, loss, ...row }) => ({
    ...{ id, predicted, loss: Number(loss) },
    time: Number((row as unknown as { time_ms: number }).time_ms),
  }));
}
