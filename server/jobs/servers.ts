import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '../context.ts';
import { ledgerNow } from '../store/ledger/now.ts';
import type { ServerRow } from '../store/ledger/schema.ts';
import { decidingServers } from './live.ts';

/** A server that was not heard of for so long has died: others take over what it owned. */
export const EXPIRES_MS = 15_000;
const BEAT_MS = 3_000;
/** After a heartbeat that failed the next one comes sooner. */
const RETRY_MS = 500;
/** A server stops deciding so long before the others think it dead. */
const MARGIN_MS = 3_000;
/** The row of a dead server tells how far its stamps went; nobody needs it longer than this. */
const FORGET_MS = 3_600_000;

/** The stamps of what this server stores. */
export interface Marks {
  /** Every row that this server stamped below it is visible, or will never come. It only rises. */
  mark(): number;
  /** Stamps from now on are not below this one: other servers have got so far. */
  raise(floor: number): void;
}

export interface ServersOptions {
  /** Never used before. */
  readonly id: string;
  readonly marks: Marks;
  /** No other process can use this ledger: the rows of others are of the dead. */
  readonly alone: boolean;
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
  /** Told after each regular heartbeat, and when a server has come or gone. */
  onBeat(listener: () => Promise<void>): void;
  /** False once the heartbeat is so late that others will soon take over: nothing is begun any more. */
  valid(): boolean;
  /** Others take over at once what this server owns; its rows still count until it leaves. */
  retire(): Promise<void>;
  /** After all of its rows have arrived. */
  leave(): Promise<void>;
}

export function createServers(ctx: Ctx, options: ServersOptions): Servers {
  const { ledger, monotonic, log } = ctx;
  const { id, marks, alone } = options;
  const ending = new AbortController();
  const listeners: (() => Promise<void>)[] = [];
  let deciding: readonly string[] = [];
  let retired = false;
  let validUntil = Number.NEGATIVE_INFINITY;
  let beating: Promise<void> | undefined;
  let beats: Promise<void> = Promise.resolve();

  const expiry = () => ledgerNow(ledger);

  /** Prolongs this server's row, or makes it anew when the others have thought it dead. */
  async function beat(regular: boolean): Promise<void> {
    const began = monotonic();
    if (!(await prolong())) await enter();
    const rows = await decidingServers(ledger).orderBy('id').execute();
    const changed = rows.length !== deciding.length || rows.some((row, i) => row.id !== deciding[i]);
    deciding = rows.map((row) => row.id);
    validUntil = began + EXPIRES_MS - MARGIN_MS;
    if (regular || changed) for (const listener of listeners) await listener();
  }

  /**
   * A server whose clock is behind takes the others' for its own: else the smallest mark, and with it all that reads
   * arrivals, would lag by as much as the clocks differ.
   */
  async function prolong(): Promise<boolean> {
    marks.raise(await highest());
    const mark = marks.mark();
    const done = await ledger
      .updateTable('servers')
      .set((eb) => ({
        expires_at: eb(expiry(), '+', EXPIRES_MS),
        visible_to: mark,
        address: ctx.settings.address,
      }))
      .where('id', '=', id)
      .where('expires_at', '>', expiry())
      .executeTakeFirst();
    return done.numUpdatedRows === 1n;
  }

  /**
   * First a row that says "nothing of mine is visible", which holds up every cursor; then the highest mark that anyone
   * ever published is read, which no cursor has passed; stamps begin there.
   */
  async function enter(): Promise<void> {
    await ledger
      .insertInto('servers')
      .values((eb) => ({
        id,
        address: ctx.settings.address,
        started_at: ctx.settings.startedAt,
        expires_at: eb(expiry(), '+', EXPIRES_MS),
        deciding: retired ? 0 : 1,
        visible_to: 0,
      }))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ expires_at: eb.ref('excluded.expires_at') })),
      )
      .execute();
    await prolong();
    await forgetDead();
  }

  async function highest(): Promise<number> {
    const row = await ledger
      .selectFrom('servers')
      .select((eb) => eb.fn.max('visible_to').as('mark'))
      .executeTakeFirstOrThrow();
    return row.mark ?? 0;
  }

  /** Their marks live on in this server's, which is above them. */
  async function forgetDead(): Promise<void> {
    let dead = ledger.deleteFrom('servers').where('id', '!=', id);
    if (!alone) dead = dead.where((eb) => eb('expires_at', '<', eb(expiry(), '-', FORGET_MS)));
    await dead.execute();
  }

  /** One at a time; who asks during one gets the next. */
  function publish(regular = false): Promise<void> {
    const next = beats.then(() => beat(regular));
    beats = next.catch(() => {});
    return next;
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
