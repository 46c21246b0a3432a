import type { App } from '../../server/app.ts';

/** How far the server has come with each model; equal texts mean that nothing moved. */
async function standing(app: App): Promise<string> {
  const rows = await app.ctx.ledger
    .selectFrom('models')
    .select(['id', 'rolled_up_to', 'evaluated_to'])
    .orderBy('id')
    .execute();
  return JSON.stringify(rows);
}

/** Runs what otherwise runs by the clock until everything that was sent is in profiles and judged. */
export async function settle(app: App, jobs: readonly string[]): Promise<void> {
  let before = '';
  let now = await standing(app);
  while (now !== before) {
    before = now;
    for (const job of jobs) await app.runJob(job);
    now = await standing(app);
  }
}
