import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Ctx, Ids } from '../context.ts';
import type { Log } from '../log.ts';
import { addModel } from '../models/add-model.ts';
import { modelTable, type Schemas } from '../models/columns/schemas.ts';
import { allModels, countModels } from '../models/find-model.ts';
import type { Stamps } from '../stamps.ts';
import type { Lake } from '../store/lake/lake.ts';
import { nameOfLake } from '../store/lake/migrations.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { Turns } from '../turns.ts';
import { Budget } from './budget.ts';
import { Debts } from './debts.ts';
import { parseEvent } from './doors/json.ts';
import { extraCost } from './extra-cost.ts';
import type { Others } from './ids/follow-others.ts';
import { KnownIds } from './ids/known-ids.ts';
import type { AcceptOptions, Ingest } from './ingest.ts';
import { type EventKind, isEventKind } from './kinds/index.ts';
import { DEFAULT_LIMITS, type IngestLimits } from './limits.ts';
import { type Found, isEvent } from './parsed-event.ts';
import type { StoredReject } from './rejects/reject.ts';
import { Rejects } from './rejects/rejects.ts';
import { type RowOptions, Rows } from './rows.ts';
import { Announcements } from './write/announce.ts';
import { createGrowth } from './write/growth.ts';
import { Idempotency, sha256 } from './write/idempotency.ts';
import { joined, type Surplus, saidOf } from './write/surplus.ts';
import { Tables } from './write/tables.ts';
import { Tally } from './write/tally.ts';

export interface IngestOptions {
  readonly lake: Lake;
  readonly schemas: Schemas;
  readonly ledger: Kysely<Ledger>;
  readonly clock: () => number;
  readonly monotonic: () => number;
  readonly stamps: Stamps;
  readonly ids: Ids;
  readonly log: Log;
  readonly limits?: Partial<IngestLimits>;
  /** Where known ids are kept over a restart; nowhere when absent. */
  readonly idsFolder?: string;
  /** Other servers that write to the same lake; absent when there are none. */
  readonly others?: Others | undefined;
  /** Other servers use the same ledger. */
  readonly sharedLedger?: boolean;
}

/** Requests that are being stored when it closes have so long. */
const CLOSE_WITHIN_MS = 15_000;
const CLOSE_LOOK_MS = 20;

/** Wires the stages of the way in. What is missing of the known ids is read from the lake in the background. */
export async function createIngest(options: IngestOptions): Promise<Ingest> {
  const { lake, schemas, ledger, clock, monotonic, stamps, ids, log } = options;
  const { others, idsFolder, sharedLedger = false } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const budget = new Budget(limits.queueBytes);
  const files = new Budget(limits.fileBytes);
  const turns = new Turns(monotonic);
  const pause = (ms: number, signal?: AbortSignal) =>
    sleep(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) });
  const debts = new Debts({ perSecond: limits.wastedBytes, monotonic, pause });
  const growth = createGrowth(limits, monotonic, pause);
  const models = await allModels({ ledger });
  const known = await KnownIds.open(
    {
      lake,
      log,
      others,
      now: () => stamps.mark(),
      horizonMs: limits.repeatMs,
      maxBytes: limits.idBytes,
      folder: idsFolder,
      lakeName: await nameOfLake(lake),
    },
    models.map(({ table_name }) => modelTable(table_name)),
  );
  const tables = new Tables({
    lake,
    log,
    limits,
    schemas,
    stamps,
    announcements: new Announcements(ledger, (model) => schemas.known(model) !== undefined),
    wait: (ms) => sleep(ms),
  });
  const rejects = new Rejects({ tables, clock, ids, most: limits.rejects });
  const rows = new Rows({ tables, known, schemas, clock, monotonic, turns, ids, limits });
  const idempotency = new Idempotency({ ledger, shared: sharedLedger });
  const counts = {
    received: 0,
    stored: 0,
    duplicates: 0,
    rejected: 0,
    refused: 0,
    failed: 0,
    droppedFeatures: 0,
  };
  const surplus = new Map<string, Surplus>();
  const active = new Set<Promise<unknown>>();
  let closing = false;

  schemas.onMissing = async (ctx, model) => {
    if (!ctx.settings.autoCreateModels)
      throw new TiltmeterError('unknown_model', `there is no model ${model}`);
    if ((await countModels(ctx)) >= limits.models)
      throw new TiltmeterError('too_many_models', `${model} would be one model too many`);
    await growth.model(ctx.actor);
    await addModel(ctx, { id: model });
  };

  /** Adds the rows, waits until they are stored, and counts. */
  async function store(ctx: Ctx, kind: EventKind, events: Iterable<Found>, options: RowOptions) {
    const tally = new Tally();
    const grant = (columns: number) => growth.columns(ctx.actor, columns);
    let owed = 0;
    const owe = () => {
      const cost = extraCost(tally);
      debts.owe(ctx.actor.id, cost - owed);
      owed = cost;
    };
    // Between its pieces, not behind them: what many bodies cost that come at once is spread, too.
    const settled = () => {
      owe();
      return debts.settled(ctx.actor.id, options.gone);
    };
    try {
      await rows.add(ctx, kind, events, tally, { ...options, grant, settled });
    } finally {
      // Rows that were added before a failure are on their way: nobody is answered before they have arrived.
      await tally.settled();
    }
    owe();
    for (const [model, left] of tally.surplus) {
      tally.warn(saidOf(model, left, limits.columns));
      surplus.set(model, joined(surplus.get(model), left));
    }
    if (tally.rejectedTotal > limits.rejects)
      tally.warn(
        `of the refused events the first ${limits.rejects} are kept, with their reasons; the others are only counted`,
      );
    const receipt = tally.receipt();
    counts.received += receipt.received;
    counts.stored += receipt.stored;
    counts.duplicates += receipt.duplicates;
    counts.rejected += receipt.rejected_total;
    counts.droppedFeatures += receipt.dropped_features ?? 0;
    return receipt;
  }

  function tracked<T>(work: () => Promise<T>): Promise<T> {
    if (closing) return Promise.reject(new TiltmeterError('stopping', undefined, { retryAfter: 2 }));
    const promise = work().catch((error: unknown) => {
      if (!(error instanceof TiltmeterError) || error.status >= 500) counts.failed++;
      throw error;
    });
    const settled = promise.then(
      () => {},
      () => {},
    );
    active.add(settled);
    void settled.then(() => active.delete(settled));
    return promise;
  }

  async function accept(
    ctx: Ctx,
    kind: EventKind,
    events: Iterable<Found>,
    { idempotencyKey, bodyHash, repeated, escapes = true, gone }: AcceptOptions,
  ): Promise<Receipt> {
    const reject = rejects.keep(kind);
    if (idempotencyKey === undefined) return store(ctx, kind, events, { escapes, reject, gone });
    const list = bodyHash === undefined ? [...events].filter(isEvent) : events;
    const body = bodyHash ?? sha256(JSON.stringify(list));
    return idempotency.once({ actor: ctx.actor.id, kind, key: idempotencyKey, body, repeated }, (ticket) =>
      store(ctx, kind, list, { escapes, reject, gone, idOf: ticket.idOf, repeated: ticket.repeated }),
    );
  }

  /** Kind by kind, each event with an id that is derived from its reject, so that replaying twice stores once. */
  async function replay(ctx: Ctx, list: readonly StoredReject[]): Promise<Receipt> {
    const total = new Tally();
    // One of a kind that only another version knows stays as it is.
    for (const kind of new Set(list.map((reject) => reject.kind).filter(isEventKind))) {
      const some = list.filter((reject) => reject.kind === kind);
      const events = some.map(({ raw }) => parseEvent(raw, limits.eventBytes));
      const refused = new Map<number, string>();
      const receipt = await store(ctx, kind, events, {
        escapes: true,
        reject: (index, refusal) => void refused.set(index, refusal.code),
        idOf: (index) => `replay-${some[index]!.id}`,
        repeated: true,
      });
      await rejects.markReplayed(some.filter((_, index) => !refused.has(index)));
      total.addReceipt(receipt, (index) => list.indexOf(some[index]!));
    }
    return total.receipt();
  }

  return {
    accept: (ctx, kind, events, options = {}) => tracked(() => accept(ctx, kind, events, options)),
    replay: (ctx, list) => tracked(() => replay(ctx, list)),
    limits,
    open(table, make, by) {
      if (closing) throw new TiltmeterError('stopping', undefined, { retryAfter: 2 });
      const group = tables.open(table, make, by);
      // Somebody waits for it: closing does, too.
      void tracked(() => group.stored).catch(() => {});
      return group;
    },
    reserve: (sender) => budget.open(sender, () => counts.refused++),
    reserveFile: (sender) => files.open(sender, () => counts.refused++),
    debts,
    turn: (sender) => turns.next(sender),
    forget: (model) => schemas.forget(model),
    counters: () => ({ ...counts, queuedBytes: budget.held }),
    surplus: () =>
      [...surplus].map(([model, left]) => ({
        model,
        sentence: saidOf(model, left, limits.columns),
        at: left.at,
      })),
    knownIds: () => known.state(),
    async close() {
      closing = true;
      known.stop();
      // A store that never answers must not keep the server from stopping.
      const until = monotonic() + CLOSE_WITHIN_MS;
      while (active.size > 0 && monotonic() < until) {
        await Promise.race([tables.drain(), sleep(CLOSE_LOOK_MS)]);
        await Promise.race([...active, sleep(CLOSE_LOOK_MS)]);
      }
      if (active.size > 0)
        log.warn(
          { unfinished: active.size },
          'stopped while requests were still being stored: they were not acknowledged, and their senders send them again',
        );
      await known.close();
    },
  };
}
