import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { extraCost } from '../../events/extra-cost.ts';
import type { Ingest } from '../../events/ingest.ts';
import { PIECE_MS } from '../../turns.ts';
import type { TelemetryCounts } from '../counts.ts';
import type { IntakeOptions } from '../intake.ts';
import { isRecent, notRecent } from '../kinds/moments.ts';
import { MODEL_ATTRIBUTE } from '../predictions.ts';
import { TelemetryTally } from '../tally.ts';
import { type KnownSeries, KnownSeriesOfSenders, numberOf, type SenderSeries } from './known-series.ts';
import { type LabelledSeries, seriesOf } from './labels.ts';
import { readHistogram, type SentHistogram } from './read-histogram.ts';
import { addSeries, OpenRows } from './rows.ts';
import type { SentRequest, SentSamples, SentSeries } from './sent-series.ts';

const DAY_MS = 86_400_000;
const NO_MONTHS: ReadonlySet<number> = new Set();

/** What a request adds to what is known of series, once it is stored. */
interface Touched {
  readonly known: KnownSeries;
  readonly last: number;
  /** Of the row that was stored with it. */
  readonly day: number;
}

/** A series of which a row is stored. */
interface Told {
  readonly sent: SentSeries;
  readonly known: KnownSeries;
  readonly labelled: LabelledSeries;
  readonly day: number;
}

interface Adding {
  readonly own: SenderSeries;
  readonly tally: TelemetryTally;
  readonly rows: OpenRows;
  readonly touched: Touched[];
}

/** What comes in by remote write: each sample of a request into the batch of samples, or among the refused. */
export class RemoteWriteIntake {
  readonly #ingest: Ingest;
  readonly #known: KnownSeriesOfSenders;
  readonly #counts: TelemetryCounts;
  readonly #monotonic: () => number;

  constructor({ ingest, monotonic, series, counts }: IntakeOptions) {
    this.#ingest = ingest;
    this.#monotonic = monotonic;
    this.#known = new KnownSeriesOfSenders(series, monotonic);
    this.#counts = counts;
  }

  /**
   * Stores the samples that are good and counts the others by their codes, in pieces, each in a turn of the sender. Resolves once all
   * that is good is stored with fsync. A sample of the moment of its series' newest one is taken as stored already: senders repeat what was not
   * answered. Errors: store_unavailable, disk_full, stopping, sender_gone.
   */
  async take(ctx: Ctx, request: SentRequest, gone: AbortSignal): Promise<TelemetryTally> {
    const tally = new TelemetryTally();
    const touched: Touched[] = [];
    const own = this.#known.of(ctx.actor.id);
    if (noted(request, own)) this.#known.storeAgain(own);
    try {
      const rows = new OpenRows(this.#ingest, ctx.actor.id, tally);
      await this.#add(ctx, request, { own, tally, rows, touched }, gone);
    } finally {
      // Nobody is answered before what was added has arrived.
      await tally.settled();
    }
    for (const { known, last, day } of touched) {
      if (last > known.last) known.last = last;
      known.day = day;
    }
    this.#counts.add('samples', tally);
    return tally;
  }

  async #add(ctx: Ctx, request: SentRequest, adding: Adding, gone: AbortSignal): Promise<void> {
    const { tally, rows } = adding;
    const sender = ctx.actor.id;
    const { eventBytes, events } = this.#ingest.limits;
    let owed = 0;
    const owe = () => {
      const { rejected: rejectedTotal, rejectedBytes } = tally;
      const cost = extraCost({ rejectedTotal, rejectedBytes, months: NO_MONTHS });
      this.#ingest.debts.owe(sender, cost - owed);
      owed = cost;
    };
    let began = this.#monotonic();
    for (const sent of request.series) {
      let count = 1;
      try {
        if (sent.bytes > eventBytes) throw tooLarge(sent, eventBytes);
        const samples = sent.samples();
        count = samples.times.length + samples.histograms.length;
        if (tally.stored + tally.rejected + count > events)
          throw new TiltmeterError(
            'event_too_large',
            `a request may have ${events} samples; send less at a time`,
          );
        if (count > 0) this.#addSeries(ctx, sent, samples, adding);
      } catch (error) {
        if (!(error instanceof TiltmeterError) || error.status >= 500) throw error;
        tally.reject(error.code, error.message, sent.bytes, count);
      }
      if (this.#monotonic() - began < PIECE_MS) continue;
      owe();
      rows.leave();
      await this.#ingest.debts.settled(sender, gone);
      await this.#ingest.turn(sender);
      if (gone.aborted) throw new TiltmeterError('sender_gone');
      began = this.#monotonic();
    }
    owe();
  }

  /** Errors: invalid_telemetry, too_many_series, model_not_allowed: none of its samples is stored. */
  #addSeries(ctx: Ctx, sent: SentSeries, samples: SentSamples, adding: Adding): void {
    const { own, tally, rows, touched } = adding;
    const key = sent.key();
    const known = own.series.get(key) ?? this.#admit(ctx, sent, own, key);
    requireModel(ctx, known);
    const now = ctx.clock();
    const { times, values, stale } = samples;
    let { day, last } = known;
    // What it says of itself is looked at before the first of its samples is taken.
    const labelled = times.some((time) => dayOf(time) !== day) ? labelledAs(known, sent) : undefined;
    let added = false;
    const unfit: number[] = [];
    for (let i = 0; i < times.length; i++) {
      const time = times[i]!;
      if (!isRecent(time, now)) {
        unfit.push(time);
        continue;
      }
      tally.stored++;
      if (time === last) {
        tally.duplicates++;
        continue;
      }
      if (labelled !== undefined && dayOf(time) !== day) {
        day = dayOf(time);
        this.#addRow(ctx, { sent, known, labelled, day }, adding);
      }
      rows.samples().add(known, time, values[i]!, stale.has(i));
      if (time > last) last = time;
      added = true;
    }
    for (const bytes of samples.histograms) {
      const histogram = this.#readHistogram(bytes, now, tally);
      if (histogram === undefined) continue;
      const { time } = histogram;
      tally.stored++;
      tally.histograms++;
      if (time === last) {
        tally.duplicates++;
        continue;
      }
      if (dayOf(time) !== day) {
        day = dayOf(time);
        this.#addRow(ctx, { sent, known, labelled: labelledAs(known, sent), day }, adding);
      }
      rows.histograms().add(known, histogram);
      if (time > last) last = time;
      added = true;
    }
    if (added) touched.push({ known, last, day });
    if (unfit.length === 0) return;
    const { code, message } = notRecent(unfit[0]!, 'the time of a sample');
    tally.reject(code, message, 0, unfit.length);
  }

  /** Undefined, and among the refused, where it cannot be read or is of another time. */
  #readHistogram(bytes: Buffer, now: number, tally: TelemetryTally): SentHistogram | undefined {
    try {
      const histogram = readHistogram(bytes);
      if (isRecent(histogram.time, now)) return histogram;
      throw notRecent(histogram.time, 'the time of a native histogram');
    } catch (error) {
      if (!(error instanceof TiltmeterError)) throw error;
      tally.reject(error.code, error.message, bytes.length);
      return undefined;
    }
  }

  /** A series that was not known. Errors: invalid_telemetry, too_many_series. */
  #admit(ctx: Ctx, sent: SentSeries, own: SenderSeries, key: number): KnownSeries {
    const { metric, resource, text } = seriesOf(sent.labels());
    const known = this.#known.admit(ctx.actor.id, text, resource.get(MODEL_ATTRIBUTE));
    if (known === undefined)
      throw new TiltmeterError(
        'too_many_series',
        `${metric.slice(0, 100)} has a series that is one too many`,
      );
    own.series.set(key, known);
    return known;
  }

  /** The row of a series, with all its labels: once for each day that it has samples of. */
  #addRow(ctx: Ctx, { sent, known, labelled, day }: Told, { own, rows }: Adding): void {
    const metadata = sent.metadata() ?? own.metadata.of(labelled.metric);
    addSeries(rows.series(), { known, labelled, metadata, day, now: ctx.clock(), bytes: sent.bytes });
  }
}

const dayOf = (time: number) => Math.floor(time / DAY_MS);

/**
 * The labels of a series, which are those that it is known by: what it is known by within a request is no proof, and whoever found others of the same would have them
 * told of its samples. Errors: invalid_telemetry.
 */
function labelledAs(known: KnownSeries, sent: SentSeries): LabelledSeries {
  const labelled = seriesOf(sent.labels());
  const { low, high } = numberOf(labelled.text);
  if (low === known.low && high === known.high) return labelled;
  throw new TiltmeterError('invalid_telemetry', 'the labels of a series are taken for those of another');
}

function tooLarge({ bytes }: SentSeries, most: number): TiltmeterError {
  return new TiltmeterError(
    'event_too_large',
    `a series has ${bytes} bytes in one request; it may have ${most}`,
  );
}

/** Whether a request said something new of metrics. */
function noted({ metadata }: SentRequest, own: SenderSeries): boolean {
  let news = false;
  for (const [family, said] of metadata) news = own.metadata.note(family, said) || news;
  return news;
}

/** A key of some models sends series of them, and says so. Errors: model_not_allowed. */
function requireModel({ actor }: Ctx, { model }: KnownSeries): void {
  if (actor.models === undefined || (model !== undefined && actor.models.has(model))) return;
  throw new TiltmeterError(
    'model_not_allowed',
    `the key is for ${[...actor.models].slice(0, 5).join(', ')}: name one of them in the label tiltmeter_model`,
  );
}
