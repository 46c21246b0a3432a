import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import type { Sender } from './sender.ts';
import type { Story } from './story.ts';

/** Rounds without progress before it is given up; a busy machine may need some. */
const PATIENCE = 10;

/**
 * Event time up to which the buckets of a story are complete after its last question was sent: the bucket of the question
 * itself stays open, as more may come. The grace period is that of the server's watermark.
 */
function completeTo({ model }: Pick<Story, 'model'>, lastQuestion: number): number {
  const bucket = model.bucket_ms!;
  const grace = Math.max(60_000, bucket / 10);
  return Math.floor((lastQuestion - grace) / bucket) * bucket;
}

/** Runs what otherwise runs by the clock until all that was sent is in profiles and judged, and told as incidents. */
export async function settle(
  app: App,
  stories: readonly Pick<Story, 'model'>[],
  { newest }: Pick<Sender, 'newest'>,
): Promise<void> {
  const due = new Map(
    stories.map((story) => [story.model.id, completeTo(story, newest.get(story.model.id)!)]),
  );
  let before = '';
  let failure: unknown;
  for (let idle = 0; idle < PATIENCE; ) {
    // What fails is tried again, as it is by the clock: a machine that stood still for a minute has questions that took too long.
    failure = await app.runJob('models').then(
      () => undefined,
      (error: unknown) => error,
    );
    const judged = await app.ctx.ledger.selectFrom('judgements').select(['model', 'evaluated_to']).execute();
    const to = new Map(judged.map(({ model, evaluated_to }) => [model, evaluated_to]));
    if ([...due].every(([model, time]) => (to.get(model) ?? 0) >= time)) return app.runJob('incidents');
    const now = JSON.stringify([...to]);
    if (now === before) await sleep(200 * ++idle);
    else idle = 0;
    before = now;
  }
  throw new Error('the monitors did not come to the end of the replay', { cause: failure });
}
