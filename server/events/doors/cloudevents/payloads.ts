import { TiltmeterError } from '../../../../contract/errors.ts';
import type { PayloadNames, PayloadReceipt } from '../../../../contract/payload.ts';
import type { Ctx } from '../../../context.ts';
import { modelRow } from '../../../models/find-model.ts';
import { payloadOf } from '../../../models/payload.ts';
import { PIECE_MS } from '../../../turns.ts';
import type { Ingest } from '../../ingest.ts';
import type { ParsedEvent } from '../../parsed-event.ts';
import type { Half } from './half.ts';
import { type Pair, type Predictions, predictionsOf, requireRoom } from './predictions.ts';
import { type Alone, WaitingHalves } from './waiting.ts';

const SWEEP_MS = 5_000;
const NO_NAMES: PayloadNames = {};

/** A half that has come, of which model where the address says so. */
interface From {
  readonly ctx: Ctx;
  readonly model: string | undefined;
}

/** What payload loggers send: pairs become predictions, halves wait for a while. */
export class Payloads {
  readonly #ingest: Ingest;
  readonly #waiting = new WaitingHalves<From>();
  #sweep: NodeJS.Timeout | undefined;

  constructor(ingest: Ingest) {
    this.#ingest = ingest;
  }

  /**
   * Takes the events of a request, each read by itself. Resolves once the predictions that came to be are stored. Errors: those of Ingest.accept; the halves that
   * waited wait on, so that the request may be sent again.
   */
  async take(from: From, halves: readonly (() => Half)[], gone: AbortSignal): Promise<PayloadReceipt> {
    const { ctx } = from;
    const now = ctx.monotonic();
    await this.#refuse(this.#waiting.expire(now));
    const found: (Predictions | ParsedEvent)[] = [];
    const waited: Half[] = [];
    const tooMany: Alone<From>[] = [];
    const names = new Map<string, PayloadNames>();
    let [waiting, rows] = [0, 0];
    let began = now;
    try {
      for (const read of halves) {
        if (ctx.monotonic() - began >= PIECE_MS) {
          await this.#ingest.turn(ctx.actor.id);
          if (gone.aborted) throw new TiltmeterError('sender_gone');
          began = ctx.monotonic();
        }
        try {
          const half = read();
          const added = this.#waiting.add(ctx.actor.id, half, from, now);
          if (!('pair' in added)) {
            waiting++;
            tooMany.push(...added.tooMany);
            continue;
          }
          waited.push(half.is === 'request' ? added.pair.response : added.pair.request);
          const predictions = await this.#predictions(from, added.pair, names);
          rows = requireRoom(rows + predictions.rows, this.#ingest.limits.events);
          found.push(predictions);
        } catch (error) {
          found.push(refused(error));
        }
      }
      await this.#refuse(tooMany);
      const receipt = await this.#ingest.accept(ctx, 'predictions', eventsOf(found), { gone });
      const { received, stored, duplicates, rejected, rejected_total } = receipt;
      return {
        ...{ events: halves.length, waiting, received, stored, duplicates, rejected_total },
        rejected: rejected.map(({ code, message }) => ({ code, message })),
      };
    } catch (error) {
      for (const half of waited) this.#waiting.add(ctx.actor.id, half, from, now);
      throw error;
    } finally {
      this.#sweepLater(ctx);
    }
  }

  /** Errors: invalid_payload. */
  async #predictions(
    { ctx, model }: From,
    pair: Pair,
    known: Map<string, PayloadNames>,
  ): Promise<Predictions> {
    const { request, response } = pair;
    const said = response.data.model_name;
    const name = model ?? request.model ?? response.model ?? (typeof said === 'string' ? said : undefined);
    if (name === undefined)
      throw new TiltmeterError(
        'invalid_payload',
        'nothing says which model it is: neither the address (?model=) nor inferenceservicename, modelid or model_name',
      );
    // What is set of others' models is not looked at: the way in refuses them.
    if (ctx.actor.models?.has(name) === false) return predictionsOf(pair, name, NO_NAMES);
    let names = known.get(name);
    if (names === undefined) {
      const row = await modelRow(ctx, name);
      names = (row && payloadOf(row)) ?? NO_NAMES;
      known.set(name, names);
    }
    return predictionsOf(pair, name, names);
  }

  /** Keeps those that stayed alone among the rejected events of who sent them, without their values. */
  async #refuse(alone: readonly Alone<From>[]): Promise<void> {
    for (const [ctx, all] of Map.groupBy(alone, ({ from }) => from.ctx))
      await this.#ingest.accept(
        ctx,
        'predictions',
        all.map(({ half, from, why }) => ({
          code: 'unpaired_payload' as const,
          message: `a ${half.is} without its ${half.is === 'request' ? 'response' : 'request'}: it ${why}`,
          raw: JSON.stringify({ model: from.model ?? half.model, id: half.id }),
        })),
      );
  }

  #sweepLater(ctx: Ctx): void {
    if (this.#sweep !== undefined || this.#waiting.empty) return;
    this.#sweep = setTimeout(() => {
      this.#sweep = undefined;
      this.#refuse(this.#waiting.expire(ctx.monotonic())).then(
        () => this.#sweepLater(ctx),
        (err) => ctx.log.warn({ err }, 'payloads that waited in vain could not be noted'),
      );
    }, SWEEP_MS).unref();
  }
}

function* eventsOf(found: readonly (Predictions | ParsedEvent)[]): Generator<ParsedEvent> {
  for (const each of found)
    if ('each' in each) for (const value of each.each) yield { value };
    else yield each;
}

/** An event that is none, beside others that are. */
function refused(error: unknown): ParsedEvent {
  if (!(error instanceof TiltmeterError) || error.status >= 500) throw error;
  const { code, message } = error;
  return { code: CODES.find((each) => each === code) ?? 'invalid_payload', message, raw: '' };
}

const CODES = ['invalid_json', 'event_too_large'] as const;
