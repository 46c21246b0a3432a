import { TiltmeterError } from '../../contract/errors.ts';
import { MODEL_NAME } from '../../contract/name.ts';
import type { Prediction } from '../../contract/prediction.ts';
import type { Ctx, Ids } from '../context.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { PIECE_MS, type Turns } from '../turns.ts';
import { PredictionBatch } from './columns/prediction-batch.ts';
import type { KnownIds } from './ids/known-ids.ts';
import { type EventKind, SHARED_KINDS } from './kinds/index.ts';
import type { SharedKind } from './kinds/kind.ts';
import type { IngestLimits } from './limits.ts';
import { type Found, isEvent, type ParsedEvent, sizeOf } from './parsed-event.ts';
import { NO_VALUES, protectEvent, withoutText } from './protect-event.ts';
import { validateEvent } from './validate/event.ts';
import { validatePrediction } from './validate/prediction.ts';
import { type Refusal, refuse, shown } from './validate/refusal.ts';
import type { Tables } from './write/tables.ts';
import type { Tally } from './write/tally.ts';

/** Events that are parsed before they are added: few, so that their objects die young and cost no memory. */
const SOME = 64;
/** Why there is no model for an event: its row is refused, and nothing else. */
const NOT_MADE: ReadonlySet<string> = new Set(['unknown_model', 'too_many_models', 'model_being_deleted']);
/** Bytes of them, for the same reason. */
const SOME_BYTES = 64 * 1024;

export interface RowOptions {
  /** Whether strings may hold lone surrogates or NUL. */
  readonly escapes: boolean;
  /** Keeps a refused event; the promise is when it is stored. */
  readonly reject: (index: number, refusal: Refusal, event: ParsedEvent) => Promise<void> | void;
  /** The id of an event that brought none; random when absent. */
  readonly idOf?: (index: number) => string;
  /** Told how many columns are about to be made; throws when the sender may not make so many. */
  readonly grant?: (columns: number) => void;
  /** Resolves when the sender has paid off what its events cost in vain so far. */
  readonly settled?: () => Promise<void>;
  /** Aborted when nobody waits for the receipt any more. */
  readonly gone?: AbortSignal | undefined;
  /** These events may have been stored before, so ids from `idOf` are looked up. */
  readonly repeated?: boolean;
}

/** An event, or why it is refused already. */
type Row = ParsedEvent | Refusal;

/** What all shared kinds have in common. */
type AnyShared = { model?: string; time?: string | number };

interface Request extends RowOptions {
  readonly ctx: Ctx;
  readonly tally: Tally;
  readonly now: number;
}

export interface RowsOptions {
  readonly tables: Tables;
  readonly known: KnownIds;
  readonly schemas: Schemas;
  readonly clock: () => number;
  readonly monotonic: () => number;
  readonly turns: Turns;
  readonly ids: Ids;
  readonly limits: IngestLimits;
}

/** protect → validate → batch: puts each event of a request into the batch of its table, or among the rejects. */
export class Rows {
  readonly #options: RowsOptions;

  constructor(options: RowsOptions) {
    this.#options = options;
  }

  /** In pieces, each in a turn of the sender. */
  async add(ctx: Ctx, kind: EventKind, events: Iterable<Found>, tally: Tally, options: RowOptions) {
    const { clock, monotonic, turns } = this.#options;
    const request: Request = { ...options, ctx, tally, now: clock() };
    let some: ParsedEvent[] = [];
    let bytes = 0;
    let began = monotonic();
    for (const found of events) {
      if (isEvent(found)) {
        some.push(found);
        bytes += sizeOf(found);
        if (some.length < SOME && bytes < SOME_BYTES) continue;
        await this.#addSome(kind, some, request);
        some = [];
        bytes = 0;
      }
      if (monotonic() - began < PIECE_MS) continue;
      await options.settled?.();
      await turns.next(ctx.actor.id);
      if (options.gone?.aborted) throw new TiltmeterError('sender_gone');
      began = monotonic();
    }
    await this.#addSome(kind, some, request);
  }

  async #addSome(kind: EventKind, came: readonly ParsedEvent[], request: Request): Promise<void> {
    const { models } = request.ctx.actor;
    const { protections } = this.#options.schemas;
    await protections.refresh(namedIn(came));
    const sent = protections.any ? came.map((event) => this.#protected(event)) : came;
    const events: readonly Row[] =
      models === undefined ? sent : sent.map((event) => withinModels(event, models));
    const shared = kind === 'predictions' ? undefined : (SHARED_KINDS[kind] as SharedKind<AnyShared>);
    const unknown =
      shared && !shared.makesModel ? undefined : await this.#loadModels(request.ctx, events, shared);
    if (shared?.asModelHas)
      await this.#options.schemas.find(events.map(modelOf).filter((model) => typeof model === 'string'));
    const first = request.tally.received;
    for (const event of events) {
      const index = request.tally.received++;
      const refusal =
        'code' in event
          ? event
          : shared
            ? this.#addShared(shared, index, event, request, unknown)
            : this.#addPrediction(index, event, request, unknown!);
      if (refusal === undefined) continue;
      request.tally.reject(
        index,
        { code: refusal.code, message: refusal.message },
        sizeOf(came[index - first]!),
      );
      const its = sent[index - first]!;
      const kept =
        models === undefined || isOf(its, models)
          ? request.reject(index, refusal, its)
          : request.reject(index, untold(refusal), NOTHING);
      if (kept !== undefined) request.tally.waitFor(kept);
    }
  }

  /** An event as it may be stored: nothing behind this sees what came. */
  #protected(event: ParsedEvent): ParsedEvent {
    if ('code' in event) return withoutText(event);
    const model = modelOf(event);
    const protection = typeof model === 'string' ? this.#options.schemas.protections.of(model) : NO_VALUES;
    if (protection === undefined) return event;
    return { value: protectEvent(event.value, protection), bytes: sizeOf(event) };
  }

  /** Brings the schemas of these events' models into memory. Returns those that do not exist and may not be made. */
  async #loadModels(
    ctx: Ctx,
    events: readonly Row[],
    kind: SharedKind<AnyShared> | undefined,
  ): Promise<ReadonlyMap<string, Refusal>> {
    const unknown = new Map<string, Refusal>();
    const { schemas } = this.#options;
    const missing = new Map<string, Row>();
    let last: unknown;
    for (const event of events) {
      const model = modelOf(event);
      if (model === last || typeof model !== 'string') continue;
      last = model;
      if (schemas.get(model) === undefined) missing.set(model, event);
    }
    for (const [model] of missing) {
      // A model comes into being with its first good event, never with a bad one.
      if (!events.some((event) => modelOf(event) === model && this.#isGood(event, kind))) continue;
      try {
        await schemas.load(ctx, model);
      } catch (error) {
        if (!(error instanceof TiltmeterError) || !NOT_MADE.has(error.code)) throw error;
        unknown.set(model, { code: error.code, message: error.message });
      }
    }
    return unknown;
  }

  #isGood(event: Row, kind: SharedKind<AnyShared> | undefined): boolean {
    if ('code' in event) return false;
    const { clock } = this.#options;
    const rules = { now: clock(), escapes: true };
    if (kind !== undefined) {
      const valid = validateEvent(kind.schema, event.value, rules);
      return !('code' in valid) && kind.refused?.(valid.row) === undefined;
    }
    return typeof validatePrediction(event.value, rules) === 'number';
  }

  #addPrediction(
    index: number,
    event: Exclude<ParsedEvent, Refusal>,
    request: Request,
    unknown: ReadonlyMap<string, Refusal>,
  ): Refusal | undefined {
    const { limits, schemas, tables, known, ids } = this.#options;
    const { tally, now, escapes } = request;
    const time = validatePrediction(event.value, { now, escapes });
    if (typeof time !== 'number') return time;
    const row = event.value as Prediction;
    const none = unknown.get(row.model);
    const schema = schemas.known(row.model);
    if (none !== undefined || schema === undefined) return none!;
    const group = tables.open(schema.table, () => new PredictionBatch(schema), request.ctx.actor.id);
    const batch = group.batch as PredictionBatch;
    const surplus = batch.admit(row, limits.columns, request.grant);
    const id = row.id ?? request.idOf?.(index) ?? ids.id();
    tally.waitForGroup(group);
    const doubt = known.remember(schema.table, id);
    if (doubt !== undefined) {
      const holder = doubt.seen && tables.pending(schema.table).find((each) => each.batch.hasId(id));
      if (holder) {
        tally.waitFor(holder.stored);
        tally.duplicates++;
        return undefined;
      }
      batch.suspects.push({ row: batch.rows, doubt, found: tally.foundDuplicate });
    }
    batch.write(row, id, time);
    batch.bytes += event.bytes ?? 500;
    if (surplus.length > 0) tally.leftOut(row.model, surplus, now);
    tally.at(time);
    tally.stored++;
  }

  #addShared<T extends { model?: string; time?: string | number }>(
    kind: SharedKind<T>,
    index: number,
    event: Exclude<ParsedEvent, Refusal>,
    { ctx, idOf, repeated, now, escapes, tally }: Request,
    unknown: ReadonlyMap<string, Refusal> | undefined,
  ): Refusal | undefined {
    const { ids, known, schemas, tables } = this.#options;
    const valid = validateEvent(kind.schema, event.value, { now, escapes });
    if ('code' in valid) return valid;
    const refused = kind.refused?.(valid.row) ?? unknown?.get(valid.row.model ?? '');
    if (refused !== undefined) return refused;
    const { time } = valid;
    const model = valid.row.model === undefined ? undefined : schemas.known(valid.row.model);
    const row = (model && kind.asModelHas?.(valid.row, model)) ?? valid.row;
    if ('code' in row) return row;
    // They may come before their predictions; of a name that is misspelt they wait for ever.
    if (kind.asModelHas && row.model !== undefined && model === undefined) tally.strange(row.model);
    const group = tables.open(kind.table, kind.batch, ctx.actor.id);
    const { batch } = group;
    if (repeated && batch.idColumn !== undefined)
      batch.suspects.push({ row: batch.rows, doubt: known.within, found: tally.foundDuplicate });
    kind.add(batch, row, { id: idOf?.(index) ?? ids.id(), time });
    batch.bytes += event.bytes ?? 200;
    tally.waitForGroup(group);
    tally.at(time);
    tally.stored++;
  }
}

/** An event of a key of some models: refused before anything is made of it when it is of another, or of none. */
function withinModels(event: ParsedEvent, models: ReadonlySet<string>): Row {
  if ('code' in event || isOf(event, models)) return event;
  const model = modelOf(event);
  const sent = typeof model === 'string' ? shown(model) : 'an event without a model';
  return refuse('model_not_allowed', `the key is for ${[...models].slice(0, 5).join(', ')}, not for ${sent}`);
}

function isOf(event: ParsedEvent, models: ReadonlySet<string>): boolean {
  const model = modelOf(event);
  return typeof model === 'string' && models.has(model);
}

/** In the place of what a key of some models sent and is not of one of them: nobody with more rights sends it again unawares. */
const NOTHING: ParsedEvent = { value: undefined };

function untold({ code, message }: Refusal): Refusal {
  return {
    code,
    message: `${message} (its text is not kept: the key is for some models alone, and it is of none of them)`,
  };
}

/** The models that events name, each once; what can be no model's name is left out. */
function namedIn(events: readonly Row[]): string[] {
  return [...new Set(events.map(modelOf))].filter(
    (model): model is string => typeof model === 'string' && MODEL_NAME.test(model),
  );
}

function modelOf(event: Row): unknown {
  const value = 'value' in event ? event.value : undefined;
  return typeof value === 'object' && value !== null ? (value as { model?: unknown }).model : undefined;
}
