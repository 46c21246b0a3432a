import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../../context.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { CHANNELS } from '../channels/index.ts';
import { channelsWithWork, claimDue } from './claim.ts';
import { deliver } from './deliver.ts';

/** How often the outbox is looked at. */
const LOOK_MS = 1_000;
/** Incidents of one channel that are told at once. A receiver that hangs takes up these places, and no others. */
const AT_ONCE = 4;

export interface Deliveries {
  /** Looks at the outbox every second from now on. */
  start(): void;
  /** Tries everything that is due; resolves when it was tried. */
  runDue(): Promise<void>;
  /** Begins no further delivery; resolves when those under way have ended, each at the latest with its time-out. */
  stop(): Promise<void>;
}

export interface DeliveryOptions {
  readonly kinds?: Readonly<Record<string, ChannelKind>>;
  readonly recordAgainMs?: readonly number[];
}

/** The deliveries of one channel that are under way, by id of their message. */
interface Lane {
  readonly under: Map<string, Promise<void>>;
  /** Messages are taken up by one call after the other. */
  turn: Promise<void>;
}

/**
 * The way out of the outbox. Every server has one: no channel waits for another, nor for a job; of an incident a channel
 * gets one message at a time, in order. Example: `createDeliveries(ctx).start()`
 */
export function createDeliveries(ctx: Ctx, options: DeliveryOptions = {}): Deliveries {
  const { kinds = CHANNELS, recordAgainMs } = options;
  const ending = new AbortController();
  const lanes = new Map<string, Lane>();
  let looking: Promise<void> | undefined;

  function laneOf(channel: string): Lane {
    const lane = lanes.get(channel) ?? { under: new Map(), turn: Promise.resolve() };
    lanes.set(channel, lane);
    return lane;
  }

  /** Takes up what is due in a channel, as far as it has places. Each delivery that ends makes room for others. */
  function fill(channel: string): Promise<void> {
    const lane = laneOf(channel);
    lane.turn = lane.turn
      .then(async () => {
        const free = AT_ONCE - lane.under.size;
        if (ending.signal.aborted || free === 0) return;
        for (const row of await claimDue(ctx, channel, free, [...lane.under.keys()])) {
          const sending = deliver(ctx, kinds, row, recordAgainMs)
            .catch((err) => ctx.log.warn({ err, channel, incident: row.incident }, 'delivery not recorded'))
            .finally(() => lane.under.delete(row.id))
            .then(() => fill(channel));
          lane.under.set(row.id, sending);
        }
      })
      .catch((err) => ctx.log.warn({ err, channel }, 'the outbox could not be read; it is read again'));
    return lane.turn;
  }

  async function look(): Promise<void> {
    await Promise.all((await channelsWithWork(ctx)).map(fill));
  }

  async function ended(): Promise<void> {
    for (;;) {
      const all = [...lanes.values()].flatMap(({ turn, under }) => [turn, ...under.values()]);
      await Promise.all(all);
      if ([...lanes.values()].every(({ under }) => under.size === 0)) return;
    }
  }

  async function loop(): Promise<void> {
    const pause = () =>
      sleep(LOOK_MS, undefined, { signal: ending.signal, ref: false }).then(
        () => true,
        () => false,
      );
    while (await pause())
      await look().catch((err) => ctx.log.warn({ err }, 'the outbox could not be read; it is read again'));
  }

  return {
    start() {
      looking ??= loop();
    },
    async runDue() {
      await look();
      await ended();
    },
    async stop() {
      ending.abort();
      await looking;
      await ended();
    },
  };
}
