import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely, KyselyPlugin } from 'kysely';
import { z } from 'zod';
import type { ChannelOnly } from '../../../../contract/channel.ts';
import { TiltmeterError } from '../../../../contract/errors.ts';
import { type Ctx, SYSTEM } from '../../../context.ts';
import { createIds } from '../../../ids.ts';
import type { Announced, AnnouncedEvent } from '../../../incidents/announce.ts';
import { openLedger } from '../../../store/ledger/open.ts';
import type { Ledger, OutboxRow } from '../../../store/ledger/schema.ts';
import { TEST_VAULT } from '../../../vault.testing.ts';
import { type ChannelKind, DeliveryError, type Message } from '../../channels/channel.ts';
import { createDeliveries, type Deliveries } from '../deliveries.ts';
import { enqueue } from '../enqueue.ts';

/** How a receiver answers a message: takes it, refuses it for now or for good, takes it and its answer is lost, or hangs. */
export type Answer = 'take' | 'refuse' | 'final' | 'lost' | 'hang';

export interface Told {
  readonly channel: string;
  readonly incident: string;
  readonly key: string;
  readonly event: string;
}

/** One server: it may lose its ledger for some statements, and it may die. */
export interface Server {
  readonly ctx: Ctx;
  readonly deliveries: Deliveries;
  /** So many of its next statements go well, and the one after them fails; none fails when undefined. */
  hiccupAfter: number | undefined;
  /** Every statement fails from now on, as of a process that is gone. */
  dead: boolean;
}

export interface OutboxWorld {
  now: number;
  answer: (told: Told) => Answer;
  /** Everything receivers took, in order. */
  readonly taken: Told[];
  /** Every try, in order. */
  readonly tried: Told[];
  /** Lets whoever hangs run into the time-out. */
  timeOut(): void;
  readonly hanging: number;
  readonly ledger: Kysely<Ledger>;
  server(): Server;
  channel(id: string, only?: Partial<ChannelOnly>): Promise<void>;
  tell(event: AnnouncedEvent, incident: string, change?: Partial<Announced>): Promise<void>;
  rows(): Promise<OutboxRow[]>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A real ledger with an outbox, and receivers that answer as a test says; nothing sleeps. */
export async function outboxWorld(ledgerUrl?: string): Promise<OutboxWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-outbox-'));
  let now = 1_795_168_800_000;
  const clock = () => now;
  // what a test stores need not survive a power cut
  const ledger = await openLedger({
    ...{ dataDir, clock, lasting: false },
    ...(ledgerUrl === undefined ? {} : { ledgerUrl }),
  });
  const ids = createIds(clock);
  const hung = new Set<() => void>();

  const receiver: ChannelKind<{ channel: string }> = {
    id: 'webhook',
    title: 'Fake',
    options: z.object({ channel: z.string() }),
    secrets: [],
    tellsReports: true,
    reaches: () => 'http://127.0.0.1',
    address: ({ channel }) => channel,
    async deliver(_context, { channel }, { idempotencyKey, event, body }: Message) {
      const { incident } = JSON.parse(body) as { incident: Announced };
      const told = { channel, incident: incident.id, key: idempotencyKey, event };
      world.tried.push(told);
      const answer = world.answer(told);
      if (answer === 'hang') {
        await new Promise<void>((resolve) => hung.add(resolve));
        throw new DeliveryError('no answer', true);
      }
      if (answer === 'refuse' || answer === 'final') throw new DeliveryError('refused', answer === 'refuse');
      world.taken.push(told);
      if (answer === 'lost') throw new DeliveryError('the answer was lost', true);
    },
  };

  const ctxOf = (own: Kysely<Ledger>) =>
    ({
      actor: SYSTEM,
      vault: TEST_VAULT,
      ledger: own,
      clock,
      ids,
      log: silent,
      settings: { address: 'http://tilt', allowPrivateAddresses: true },
    }) as unknown as Ctx;
  const ctx = ctxOf(ledger);

  const world: OutboxWorld = {
    get now() {
      return now;
    },
    set now(to) {
      now = to;
    },
    answer: () => 'take',
    ledger,
    taken: [],
    tried: [],
    timeOut() {
      for (const release of hung) release();
      hung.clear();
    },
    get hanging() {
      return hung.size;
    },
    server() {
      const failing: KyselyPlugin = {
        transformQuery({ node }) {
          if (server.dead || hiccup()) throw new TiltmeterError('store_unavailable');
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const own = ctxOf(ledger.withPlugin(failing));
      const server: Server = {
        ctx: own,
        deliveries: createDeliveries(own, {
          kinds: { webhook: receiver as ChannelKind },
          recordAgainMs: [],
        }),
        hiccupAfter: undefined,
        dead: false,
      };
      function hiccup(): boolean {
        if (server.hiccupAfter === undefined) return false;
        server.hiccupAfter = server.hiccupAfter === 0 ? undefined : server.hiccupAfter - 1;
        return server.hiccupAfter === undefined;
      }
      return server;
    },
    async channel(id, only = {}) {
      const row = {
        id,
        name: id,
        kind: 'webhook',
        options: JSON.stringify({ channel: id }),
        enabled: 1,
        tells: 'incidents',
        only_of: JSON.stringify(only),
      } as const;
      await ledger
        .insertInto('channels')
        .values({ ...row, created_at: world.now, updated_at: world.now })
        .execute();
    },
    tell: (event, incident, change) =>
      ledger.transaction().execute((trx) => enqueue(ctx, trx, event, { ...announced(incident), ...change })),
    rows: () =>
      ledger
        .selectFrom('outbox')
        .selectAll()
        .orderBy('channel')
        .orderBy('incident')
        .orderBy('sequence')
        .execute(),
    async clear() {
      world.timeOut();
      world.taken.length = 0;
      world.tried.length = 0;
      await ledger.deleteFrom('outbox').execute();
    },
    async close() {
      world.timeOut();
      await ledger.destroy();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}

function announced(id: string): Announced {
  return {
    id,
    model: 'm',
    models: ['m'],
    status: 'open',
    priority: 'P3',
    title: 'Input drift in age',
    episode: 1,
    started_at: '2026-11-20T10:00:00.000Z',
    last_at: '2026-11-20T10:00:00.000Z',
    opened_at: '2026-11-20T10:00:00.000Z',
    resolved_at: null,
    resolved_by: null,
    going_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    assignee: null,
    snoozed: null,
    verdict: null,
    found: null,
    merged_into: null,
    revision: 0,
    withdrawn: false,
    ended: null,
    causes: [],
    losses: [],
  };
}
