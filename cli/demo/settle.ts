import type { App } from '../../server/app.ts';

/** Up to which event time each model is judged. */
async function judgedTo(app: App): Promise<string> {
  const rows = await app.ctx.ledger
    .selectFrom('models')
    .select(['id', 'evaluated_to'])
    .orderBy('id')
    .execute();
  return JSON.stringify(rows);
}

/** Runs what otherwise runs by the clock, until a round moves nothing: all that was sent is in profiles and judged. */
export async function settle(app: App): Promise<void> {
  let before: string | undefined;
  let now = await judgedTo(app);
  while (now !== before) {
    before = now;
    await app.runJob('profiles');
    await app.runJob('monitors');
    now = await judgedTo(app);
  }
}
