import type { SeriesMemory } from '../../alerts/series.ts';
import type { ResolvedReference } from '../../profiles/references/resolve.ts';
import type { Measurement } from '../../signals/measurement.ts';
import type { SignalBatch } from '../../signals/signal-batch.ts';
import type { AlertRow, ModelRow, MonitorRow } from '../../store/ledger/schema.ts';
import type { Kind, Settings } from '../kind.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../subject.ts';
import type { ProfileHead } from './model-state.ts';

/** What one evaluation of a model works on. Times are event times. */
export interface Work {
  readonly model: ModelRow;
  readonly heads: ReadonlyMap<string, ProfileHead>;
  /** The model's alerts by `seriesKey`. */
  readonly alerts: ReadonlyMap<string, AlertRow>;
  readonly newestEvent: number;
  /** Start of the first bucket that ever had a prediction. */
  readonly first: number;
  /** Between these, buckets are judged. */
  readonly from: number;
  readonly to: number;
  readonly live: boolean;
  readonly batch: SignalBatch;
  /** A monitor's reference: the one it names, else the model's. */
  reference(id: string | undefined): Promise<ResolvedReference | null>;
}

/** A stretch of event time that is not judged, since it is itself what the rest is compared with. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly reason: 'reference_period' | 'baseline_period';
}

/** The part of production that a reference was taken from. */
export function periodOf(reference: ResolvedReference | null): Period | null {
  if (reference === null || reference.from === null || reference.kind === 'rolling') return null;
  return { from: reference.from, to: reference.to!, reason: 'reference_period' };
}

/** Inside the period a value is kept but not judged. */
export function outside(period: Period | null, time: number, measured: Measurement): Measurement {
  if (period === null || time < period.from || time >= period.to) return measured;
  return { ...measured, verdict: 'not_enough_data', reason: period.reason };
}

/** The kind's own judgement of its own kind of subject. */
export function measure(kind: Kind, subject: Subject, index: number, settings: Settings): Measurement {
  return (kind.compute as (subject: Subject, index: number, settings: Settings) => Measurement)(
    subject,
    index,
    settings,
  );
}

export function memoryOf(alert: Pick<AlertRow, 'memory'>): SeriesMemory {
  return JSON.parse(alert.memory) as SeriesMemory;
}

export function optionsOf(monitor: Pick<MonitorRow, 'options'>): Options {
  return JSON.parse(monitor.options) as Options;
}
