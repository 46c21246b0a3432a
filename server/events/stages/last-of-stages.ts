import type { Stage } from '../../../contract/stage.ts';
import type { Ctx } from '../../context.ts';
import { moment } from '../../store/lake/moment.ts';

/** When the newest record of each stage of a model is of, in epoch milliseconds; those without one since a moment are absent. */
export async function lastOfStages(
  { lake }: Pick<Ctx, 'lake'>,
  model: string,
  since: number,
): Promise<ReadonlyMap<Stage, number>> {
  const rows = await lake.query<{ stage: Stage; last: number }>(
    `SELECT stage, toUnixTimestamp64Milli(max(time)) AS last FROM tiltmeter.stages
     WHERE model = {model:String} AND time >= ${moment('since')} GROUP BY stage`,
    { model, since },
  );
  return new Map(rows.map(({ stage, last }) => [stage, Number(last)]));
}
