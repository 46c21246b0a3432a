import { EMPTY_SEGMENTS, type Month, months } from '../roll-up/queries/months.ts';
import { monthAfter } from '../roll-up/resize.ts';
import { type Run, reserve } from '../roll-up/run.ts';
import { allKeys } from './split.ts';

/** Empties the profiles of segments that there are not any more, month by month. */
export async function endSplits(run: Run): Promise<void> {
  const { ctx, model, revision } = run;
  await reserve(run);
  const all = await ctx.lake.query<Month>(
    months(run.table),
    { model: model.id, bucket_ms: model.bucket_ms },
    { background: true },
  );
  for (const { month } of all) {
    await ctx.turn();
    const params = {
      model: model.id,
      revision,
      from: month,
      to: monthAfter(month),
      keys: allKeys(run.splits),
    };
    await ctx.lake.command(EMPTY_SEGMENTS, params, { background: true });
  }
}
