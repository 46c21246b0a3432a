import type { Ctx } from '../context.ts';

/** A change that Tiltmeter itself knows of. */
export interface NotedChange {
  /** Noted again under the same id it is noted once. */
  readonly id: string;
  readonly model: string;
  /** Event time. */
  readonly time: number;
  readonly kind: string;
  readonly title: string;
}

/** Notes a change among those that people send, so that every time axis shows it. */
export async function noteChange(ctx: Pick<Ctx, 'lake' | 'clock'>, change: NotedChange): Promise<void> {
  const { id, model, time, kind, title } = change;
  const [known] = await ctx.lake.query<{ n: number }>(
    'SELECT count() AS n FROM tiltmeter.changes WHERE model = {model:String} AND id = {id:String}',
    { model, id },
  );
  if (Number(known?.n ?? 0) > 0) return;
  await ctx.lake.command(
    `INSERT INTO tiltmeter.changes (id, model, time, kind, title, version, url, received_at)
SELECT {id:String}, {model:String}, fromUnixTimestamp64Milli({time:Int64}, 'UTC'), {kind:String}, {title:String}, '', '',
  fromUnixTimestamp64Milli({now:Int64}, 'UTC')`,
    { id, model, time, kind, title, now: ctx.clock() },
  );
}
