import type { Layer } from '../../contract/layer.ts';
import type { MonitorKind } from '../../contract/signal.ts';
import type { Measurement } from '../signals/measurement.ts';
import type { Subject } from './subject.ts';

/** What a monitor is set to, with the defaults of its kind filled in. Lengths are counts of buckets. */
export interface Settings {
  readonly metric: string;
  /** Practical threshold, in the kind's own terms (see `thresholdMeans`). */
  readonly threshold: number;
  /** Length of the shortest window that is judged. */
  readonly window: number;
  /** Length up to which a window is widened when it holds too little. */
  readonly maxWindow: number;
  /** Length up to which a share that cannot be decided yet is looked at over a longer window. */
  readonly steadyWindow: number;
  readonly minN: number;
}

/** A firing alert, as its kind puts it into words. Numbers are of the worst bucket. */
export interface Finding {
  readonly metric: string;
  /** Names of the columns concerned, worst first, joined for reading; empty for kinds without columns. */
  readonly columns: string;
  readonly value: number | null;
  readonly baseline: number | null;
}

/**
 * Whom it hurts: `quality` and `service` page, `data` pages when an important column is broken, `drift` is a ticket
 * that explains.
 */
export type Harm = 'quality' | 'service' | 'data' | 'drift';

export interface MetricMeta {
  readonly id: string;
  readonly unit: string;
  /** Id and version of the definition, stored with every value. */
  readonly definition: string;
  /** Where it differs from the default of the kind. */
  readonly threshold?: number;
}

/** A kind of monitor: what it is, as data, and one pure judgement. */
export interface KindOf<S extends Subject> {
  readonly id: MonitorKind;
  readonly title: string;
  readonly layer: Layer;
  readonly harm: Harm;
  /** What it looks at. */
  readonly reads: S['source'];
  /** One series per feature column, or one for the model. */
  readonly perColumn: boolean;
  readonly metrics: readonly MetricMeta[];
  /** For kinds per column: the types they apply to; all when absent. */
  readonly columnType?: 'numeric' | 'categorical';
  readonly severity: 'page' | 'ticket';
  readonly thresholdMeans: string;
  readonly defaults: {
    readonly threshold: number;
    /** `bucket`: judged bucket by bucket; `model`: over the model's trailing window. */
    readonly window: 'bucket' | 'model';
    readonly minN: number;
    /** It fires when m of n judged buckets breach. */
    readonly m: number;
    readonly n: number;
  };
  /** What bucket `index` of the subject shows. Pure; total: any input gives a value or a named reason. */
  compute(subject: S, index: number, settings: Settings): Measurement;
  /** Part of a title: `Missing values in income`. Never a value of a column. */
  phrase(finding: Finding): string;
}

export type Kind = { [S in Subject as S['source']]: KindOf<S> }[Subject['source']];

/** A bucket that could not be judged, and why. */
export function unjudged(
  verdict: 'no_data' | 'not_enough_data' | 'late',
  reason: string,
  n = 0,
): Measurement {
  return {
    value: null,
    low: null,
    high: null,
    n,
    window: 1,
    threshold: null,
    baseline: null,
    status: reason,
    verdict,
    reason,
  };
}

/** The reason that goes with a judged verdict. */
export function reasonOf(verdict: 'breach' | 'within' | 'clear'): string {
  return verdict === 'breach'
    ? 'above_threshold'
    : verdict === 'clear'
      ? 'within_threshold'
      : 'within_hysteresis';
}
