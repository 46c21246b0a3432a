import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { Batch } from '../events/columns/batch.ts';
import { extraCost } from '../events/extra-cost.ts';
import type { Ingest } from '../events/ingest.ts';
import type { ParsedEvent } from '../events/parsed-event.ts';
import { PIECE_MS } from '../turns.ts';
import type { TelemetryCounts } from './counts.ts';
import type { TelemetryKind } from './kinds/kind.ts';
import type { Found } from './otlp/record.ts';
import { type Inference, MODEL_ATTRIBUTE, predictionOf } from './predictions.ts';
import type { SeriesLimit } from './series-limit.ts';
import { TelemetryTally } from './tally.ts';

export interface IntakeOptions {
  readonly ingest: Ingest;
  /** Milliseconds. */
  readonly monotonic: () => number;
  /** Series that senders have had, whatever they sent them by. */
  readonly series: SeriesLimit;
  readonly counts: TelemetryCounts;
}

/** What comes in by OTLP: each record of a request into the batch of its table, or among the refused. */
export class TelemetryIntake {
  readonly #ingest: Ingest;
  readonly #series: SeriesLimit;
  readonly #counts: TelemetryCounts;
  readonly #monotonic: () => number;

  constructor({ ingest, monotonic, series, counts }: IntakeOptions) {
    this.#ingest = ingest;
    this.#monotonic = monotonic;
    this.#series = series;
    this.#counts = counts;
  }

  /**
   * Stores the records that are good and counts the others by their codes, in pieces, each in a turn of the sender. Resolves once all
   * that is good is stored with fsync. Errors: store_unavailable, disk_full, stopping, sender_gone.
   */
  async take(
    ctx: Ctx,
    kind: TelemetryKind,
    records: (tally: TelemetryTally) => Iterable<Found>,
    gone: AbortSignal,
  ): Promise<TelemetryTally> {
    const tally = new TelemetryTally();
    try {
      await this.#add(ctx, kind, records(tally), tally, gone);
    } finally {
      // Nobody is answered before what was added has arrived.
      await tally.settled();
    }
    this.#counts.add(kind.id, tally);
    return tally;
  }

  async #add(
    ctx: Ctx,
    kind: TelemetryKind,
    records: Iterable<Found>,
    tally: TelemetryTally,
    gone: AbortSignal,
  ): Promise<void> {
    const { eventBytes } = this.#ingest.limits;
    const sender = ctx.actor.id;
    const predictions: ParsedEvent[] = [];
    const storing = {
      now: ctx.clock(),
      shortened: tally,
      open: (table: string) => {
        const name = `tiltmeter.${table}`;
        const { batch, stored } = this.#ingest.open(name, () => new Batch(name), sender);
        tally.waitFor(stored);
        return batch;
      },
      predict: (inference: Inference) => void predictions.push({ value: predictionOf(inference) }),
      admitSeries: (series: string) => this.#series.admit(sender, series),
    };
    let owed = 0;
    const owe = () => {
      const cost = extraCost({
        rejectedTotal: tally.rejected,
        rejectedBytes: tally.rejectedBytes,
        months: NO_MONTHS,
      });
      this.#ingest.debts.owe(sender, cost - owed);
      owed = cost;
    };
    let began = this.#monotonic();
    for (const found of records) {
      try {
        if (found.bytes > eventBytes) throw tooLarge(found.bytes, eventBytes);
        if (ctx.actor.models !== undefined) requireModel(found, ctx.actor.models);
        kind.add(found, storing);
        tally.stored++;
      } catch (error) {
        if (!(error instanceof TiltmeterError) || error.status >= 500) throw error;
        tally.reject(error.code, error.message, found.bytes);
      }
      if (this.#monotonic() - began < PIECE_MS) continue;
      owe();
      await this.#ingest.debts.settled(sender, gone);
      await this.#ingest.turn(sender);
      if (gone.aborted) throw new TiltmeterError('sender_gone');
      began = this.#monotonic();
    }
    if (predictions.length > 0) {
      const { rejected, rejected_total } = await this.#ingest.accept(ctx, 'predictions', predictions, {
        gone,
      });
      tally.refusePredictions(rejected, rejected_total, kind.id === 'logs');
    }
    owe();
  }
}

const NO_MONTHS: ReadonlySet<number> = new Set();

function tooLarge(bytes: number, most: number): TiltmeterError {
  return new TiltmeterError('event_too_large', `a record has ${bytes} bytes; it may have ${most}`);
}

/** A key of some models sends telemetry of them, and says so. Errors: model_not_allowed. */
function requireModel(found: Found, models: ReadonlySet<string>): void {
  const model = found.resource().attributes.get(MODEL_ATTRIBUTE);
  if (model === undefined || !models.has(model))
    throw new TiltmeterError(
      'model_not_allowed',
      `the key is for ${[...models].slice(0, 5).join(', ')}: name one of them in the resource attribute ${MODEL_ATTRIBUTE}`,
    );
}
