import { setTimeout as sleep } from 'node:timers/promises';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { ledgerNow } from '../store/ledger/now.ts';
import type { ServerRow } from '../store/ledger/schema.ts';
import { decidingServers } from './live.ts';
import { EXPIRES_MS, enter, type Marks, prolong } from './server-row.ts';

const BEAT_MS = 3_000;
/** After a heartbeat that failed the next one comes sooner. */
const RETRY_MS = 500;
/** A server stops deciding so long before the others think it dead. */
const MARGIN_MS = 3_000;
/** A connection that has fallen silent holds up one heartbeat, not all of them. */
const BEAT_WITHIN_MS = 5_000;

export interface ServersOptions {
  /** Never used before. */
  readonly id: string;
  readonly marks: Marks;
  /** No other process can use this ledger: the rows of others are of the dead. */
  readonly alone: boolean;
  /** Told when the ledger answers again, after so many milliseconds without an answer. */
  readonly onReturn?: (awayMs: number) => void;
}

/** The servers that share the ledger: each says every three seconds that it lives, and how far its rows are visible. */
export interface Servers {
  readonly id: string;
  /** Says so for the first time. */
  join(): Promise<void>;
  /** Says so by itself from now on, until it leaves. */
  start(): void;
  /** Says so now: publishes the mark and reads who else lives. */
  publish(): Promise<void>;
  /** Ids of the servers that may own something, as of the newest heartbeat. */
  deciding(): readonly string[];
  /** Told after each regular heartbeat, and when a server has come or gone; no heartbeat waits for it. */
  onBeat(listener: () => void): void;
  /** False once the heartbeat is so late that others will soon take over: nothing is begun any more. */
  valid(): boolean;
  /** Others take over at once what this server owns; its rows still count until it leaves. */
  retire(): Promise<void>;
  /** After all of its rows have arrived. */
  leave(): Promise<void>;
}

export function createServers(ctx: Ctx, options: ServersOptions): Servers {
  const { ledger, monotonic, log } = ctx;
  const { id, marks, alone, onReturn = () => {} } = options;
  const ending = new AbortController();
  const listeners: (() => void)[] = [];
  let deciding: readonly string[] = [];
  let retired = false;
  /** By the monotonic clock; undefined while the ledger answers. */
  let failingSince: number | undefined;
  let validUntil = Number.NEGATIVE_INFINITY;
  let beating: Promise<void> | undefined;
  let beats: Promise<void> = Promise.resolve();

  /** Prolongs this server's row, or makes it anew when the others have thought it dead. */
  async function beat(regular: boolean): Promise<void> {
    const began = monotonic();
    if (!(await prolong(ctx, id, marks))) await enter(ctx, id, marks, { deciding: !retired, alone });
    const rows = await decidingServers(ledger).orderBy('id').execute();
    const changed = rows.length !== deciding.length || rows.some((row, i) => row.id !== deciding[i]);
    deciding = rows.map((row) => row.id);
    validUntil = began + EXPIRES_MS - MARGIN_MS;
    if (regular || changed) for (const listener of listeners) listener();
  }

  /** One at a time; who asks during one gets the next. */
  function publish(regular = false): Promise<void> {
    const next = beats.then(() => noticing(() => within(BEAT_WITHIN_MS, beat(regular))));
    beats = next.catch(() => {});
    return next;
  }

  /** Tells of a ledger that answers again. */
  async function noticing(beat: () => Promise<void>): Promise<void> {
    const began = monotonic();
    try {
      await beat();
    } catch (error) {
      failingSince ??= began;
      throw error;
    }
    if (failingSince === undefined) return;
    const since = failingSince;
    failingSince = undefined;
    onReturn(monotonic() - since);
  }

  async function loop(): Promise<void> {
    let failing = false;
    while (await pause(failing ? RETRY_MS : BEAT_MS)) {
      try {
        await publish(true);
        failing = false;
      } catch (err) {
        if (!failing) log.warn({ err }, 'this server could not say that it lives; it is tried again');
        failing = true;
      }
    }
  }

  /** Others find out by themselves as well, a little later. */
  async function farewell(change: Partial<ServerRow>): Promise<void> {
    try {
      await ledger.updateTable('servers').set(change).where('id', '=', id).execute();
    } catch (err) {
      log.warn({ err }, 'this server could not say that it goes; others take over when it is missed');
    }
  }

  const pause = (ms: number): Promise<boolean> =>
    sleep(ms, undefined, { signal: ending.signal, ref: false }).then(
      () => true,
      () => false,
    );

  return {
    id,
    join: () => publish(true),
    start() {
      beating = loop();
    },
    publish: () => publish(),
    deciding: () => deciding,
    onBeat: (listener) => void listeners.push(listener),
    valid: () => !retired && monotonic() < validUntil,
    async retire() {
      retired = true;
      await farewell({ deciding: 0 });
    },
    async leave() {
      ending.abort();
      await beating;
      await beats;
      await farewell({ deciding: 0, expires_at: 0, visible_to: marks.mark() });
    },
  };
}

/** The same, or `store_unavailable` when it takes too long. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const late = sleep(ms, undefined, { signal: patience.signal, ref: false }).then(() => {
    throw new TiltmeterError('store_unavailable', 'The ledger does not answer', { retryAfter: 1 });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    patience.abort();
    late.catch(() => {});
  }
}

/**
 * Every row with a stamp below it is visible, whichever server stored it. It may be lower than a moment ago, when a
 * server has joined; who keeps a cursor never moves it back.
 */
export async function visibleTo(ctx: Pick<Ctx, 'ledger'>): Promise<number> {
  const { lowest } = await ctx.ledger
    .selectFrom('servers')
    .select((eb) => eb.fn.min('visible_to').as('lowest'))
    .where('expires_at', '>', ledgerNow(ctx.ledger))
    .executeTakeFirstOrThrow();
  return lowest ?? 0;
}
