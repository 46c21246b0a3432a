import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import type { Story } from './story.ts';

/** Rounds without progress before it is given up; a busy machine may need some. */
const PATIENCE = 10;

/**
 * Event time up to which the buckets of a story are complete once all of it was sent: the last one stays open, as
 * nothing tells that no more comes. The grace period is that of the server's watermark.
 */
function completeTo({ model, questions }: Story): number {
  const bucket = model.bucket_ms!;
  const grace = Math.max(60_000, bucket / 10);
  return Math.floor((questions.at(-1)!.time - grace) / bucket) * bucket;
}

/** Runs what otherwise runs by the clock until all that was sent is in profiles and judged, and told as incidents. */
export async function settle(app: App, stories: readonly Story[]): Promise<void> {
  let before = '';
  for (let idle = 0; idle < PATIENCE; ) {
    await app.runJob('models');
    const judged = await app.ctx.ledger.selectFrom('judgements').select(['model', 'evaluated_to']).execute();
    const to = new Map(judged.map(({ model, evaluated_to }) => [model, evaluated_to]));
    if (stories.every((story) => (to.get(story.model.id) ?? 0) >= completeTo(story)))
      return app.runJob('incidents');
    const now = JSON.stringify([...to]);
    if (now === before) await sleep(200 * ++idle);
    else idle = 0;
    before = now;
  }
  throw new Error('the monitors did not come to the end of the replay');
}
