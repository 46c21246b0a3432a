import { deliveryBacklog } from '../../actions/outbox/backlog.ts';
import type { Ctx } from '../../context.ts';
import { lakeRoom } from '../../store/lake/sizes.ts';
import type { Family } from '../exposition.ts';
import { readConcerns, readTroubles } from './concerns.ts';
import { modelFacts } from './read-facts.ts';

/** How old each stage's newest work is, by model and channel: what a rule of one's own can be made of. */
export async function watchMetrics(ctx: Ctx): Promise<Family[]> {
  const now = ctx.clock();
  const [models, channels, troubles, concerns, room] = await Promise.all([
    modelFacts(ctx),
    deliveryBacklog(ctx),
    readTroubles(ctx),
    readConcerns(ctx),
    lakeRoom(ctx.lake),
  ]);
  const waiting = new Map([...concerns.values()].map((row) => [row.key, row.since]));
  const age = (key: string) => seconds(now, waiting.get(key) ?? now);
  return [
    gauge(
      'tiltmeter_troubles',
      'What is not as it should be with Tiltmeter itself, by kind',
      [...Map.groupBy(troubles, ({ kind }) => kind)].map(([kind, all]) => ({
        labels: { kind },
        value: all.length,
      })),
    ),
    gauge(
      'tiltmeter_rollup_waiting_seconds',
      'How long rows of a model, or what comes beside them, have waited for their roll-up without any progress',
      models.map(({ model }) => ({ labels: { model }, value: age(`roll_up/${model}`) })),
    ),
    gauge(
      'tiltmeter_labels_gathering_seconds',
      'How long ago labels of a model were counted last, while those that came since are gathered; 0 where none are',
      models.map(({ model, gatheringSince }) => ({
        labels: { model },
        value: seconds(now, gatheringSince ?? now),
      })),
    ),
    gauge(
      'tiltmeter_rollup_age_seconds',
      'Since when a model was last rolled up without a failure',
      models.flatMap(({ model, rolledUpAt }) =>
        rolledUpAt === null ? [] : [{ labels: { model }, value: seconds(now, rolledUpAt) }],
      ),
    ),
    gauge(
      'tiltmeter_judging_waiting_seconds',
      'How long a bucket of a model has waited to be judged, or to be judged again',
      models.map(({ model }) => ({ labels: { model }, value: age(`judging/${model}`) })),
    ),
    gauge(
      'tiltmeter_judging_age_seconds',
      'Since when a model was last judged without a failure',
      models.flatMap(({ model, judgedAt }) =>
        judgedAt === null ? [] : [{ labels: { model }, value: seconds(now, judgedAt) }],
      ),
    ),
    gauge(
      'tiltmeter_delivery_waiting_seconds',
      'How long the oldest message to a channel has waited',
      channels.map(({ name, waitingSince }) => ({
        labels: { channel: name },
        value: seconds(now, waitingSince ?? now),
      })),
    ),
    gauge(
      'tiltmeter_delivery_waiting_messages',
      'Messages that wait for a channel',
      channels.map(({ name, waiting: value }) => ({ labels: { channel: name }, value })),
    ),
    gauge('tiltmeter_lake_disk_free_bytes', 'Room on the disk of the lake', [{ value: room.freeBytes }]),
  ];
}

const seconds = (now: number, since: number) => Math.max(0, (now - since) / 1000);

function gauge(name: string, help: string, samples: Family['samples']): Family {
  return { name, type: 'gauge', help, samples };
}
