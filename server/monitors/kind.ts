import type { z } from 'zod';
import type { Impact } from '../../contract/impact.ts';
import type { Layer } from '../../contract/layer.ts';
import type { KindRole } from '../../contract/monitor.ts';
import type { Grid } from '../../stats/asinh-grid.ts';
import type { Measurement } from '../signals/measurement.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Options } from './options.ts';
import type { QualityRecipe, QualitySubject, Subject } from './subject.ts';

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
  /** So many segments are judged beside one another, and share the chance of a false alarm; one where absent. */
  readonly looks?: number;
  /** Name of a detector of changes, for kinds that have several. */
  readonly detector?: string;
  /** Which way the value gets worse, where people say so. */
  readonly worse?: 'lower' | 'higher' | 'either';
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
  /** As it is said within a sentence: `share missing`. */
  readonly title: string;
  readonly unit: string;
  /** Id and version of the definition, stored with every value. */
  readonly definition: string;
  /** Which way it gets worse; of values that are told as one, the worst is kept. */
  readonly worse: 'higher' | 'lower';
  /** Where it differs from the default of the kind. */
  readonly threshold?: number;
  /** For metrics of quality, what a loss is counted in: points of the metric itself (unless said), or a share of what it was. */
  readonly loss?: 'points' | 'share';
  /** Its place among the metrics that stand for a model's quality, 1 the most telling; absent when it does not. */
  readonly headline?: number;
}

/**
 * A kind of monitor: all that is particular to it, as data, and one pure judgement. Nothing outside this folder knows
 * kinds by name: titles, causes, priorities, the fleet, the API and the dashboard ask the table.
 */
export interface KindOf<S extends Subject> {
  readonly id: string;
  readonly title: string;
  readonly layer: Layer;
  /** What its alert is in an incident: harm itself, a broken column, or a shift that explains. */
  readonly role: KindRole;
  readonly harm: Harm;
  /** How urgent an alert is that pages: 1 (P1) to 3 (P3). */
  readonly urgency: 1 | 2 | 3;
  /** Id of the cause that its alerts are evidence of, if any. */
  readonly cause?: string;
  /** What it looks at. */
  readonly reads: S['source'];
  /**
   * When a bucket that was judged is judged again: when what was counted in it changes, or never, since it tells what the
   * clock on the wall said.
   */
  readonly again: 'rewritten' | 'never';
  /** One series per feature column, or one for the model. */
  readonly perColumn: boolean;
  readonly metrics: readonly MetricMeta[];
  /** For kinds of columns with one series for the model: the columns it looks at where they are not the answer, the first of them that is there; without any there is no series, nor where it is itself the answer. */
  readonly modelColumns?: readonly string[];
  /** For kinds per column: `presence` when they only ask whether there is a value that fits, which can be asked of a text or an identifier too. */
  readonly looksAt?: 'presence';
  /** For kinds per column: the types they apply to; all when absent. */
  readonly columnType?: 'numeric' | 'categorical';
  /** It tells how things stand and not what broke: an incident of its own, beside those of the model. */
  readonly standing?: true;
  readonly severity: 'page' | 'ticket';
  readonly thresholdMeans: string;
  /** The level differs from bucket to bucket with what is expected there, so that no one level stands for all. */
  readonly levelMoves?: boolean;
  readonly defaults: {
    readonly threshold: number;
    /** `bucket`: judged bucket by bucket; `model`: over the model's trailing window; `week`: over a week, or that where it is longer. */
    readonly window: 'bucket' | 'model' | 'week';
    /** It looks at all that came in up to twice 28 days, or 2,000 buckets. */
    readonly history?: true;
    /** The newest part of its window is held against the window before that part: it looks half a window further back. */
    readonly newest?: true;
    readonly minN: number;
    /** It fires when m of n judged buckets breach. */
    readonly m: number;
    readonly n: number;
  };
  /** What a monitor of this kind may be set to. */
  readonly options: z.ZodType;
  /** Options of the monitors that every model has without being asked. */
  readonly made: readonly Options[];
  /** Options of those that a model has once telemetry of the metric has come. */
  readonly madeWithTelemetry?: readonly (Options & { readonly metric: string })[];
  /** In words, for the pages about it. */
  readonly about: About;
  /** A sentence why a monitor with these options could never judge this model; null when it can. */
  refuse?(
    model: Pick<ModelRow, 'id' | 'task'> & Partial<Pick<ModelRow, 'protected'>>,
    options: Options,
  ): string | null;
  /** What bucket `index` of the subject shows. Pure; total: any input gives a value or a named reason. */
  compute(subject: S, index: number, settings: Settings): Measurement;
  /** Part of a title: `Missing values in income`. Never a value of a column. */
  phrase(finding: Finding): string;
}

export interface About {
  /** What is measured and when it counts as a breach. */
  readonly decides: string;
  /** What usually is behind it. */
  readonly behind: readonly string[];
  readonly todo: string;
}

/** What a quality metric is chosen by. */
export interface LabelledModel {
  readonly task: ModelRow['task'];
  /** The class whose probability the score is; null while unknown. */
  readonly positive: string | null;
  /** Names of the profiles that exist. */
  readonly known: ReadonlySet<string>;
  /** Names of the profiles of its reference, where its own labels are not of two classes yet. */
  readonly before?: ReadonlySet<string>;
  /** Labels that occur, of a model of several classes: one more than are told apart at most. */
  readonly classes?: readonly string[];
  /** The frozen grids of scores and residuals, by column. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** Items from the top of a list that metrics of rankings look at; ten when absent. */
  readonly k?: number;
  /** Labels that wait for predictions of their ids. */
  readonly waiting: number;
  /** What each right and wrong answer is worth; null where nobody said. */
  readonly impact: Impact | null;
  /** The positive class as people named it, where answers alone are looked at and no score has to tell it. */
  readonly named?: string | null;
  /** The groups of its protected attributes: keys of segments, by attribute. */
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}

/** A kind that is judged as labels come in. */
export interface QualityKind extends KindOf<QualitySubject> {
  /** Its threshold is a limit: values are compared with nothing before. */
  readonly absolute?: boolean;
  /** Whether its metrics may stand for a model's quality in a headline, as it was realised or as it is estimated. */
  readonly standsFor?: 'realised' | 'estimated';
  /** What its metric is made of, or why there is none yet. */
  recipe(
    model: LabelledModel,
    metric: string | undefined,
    column?: string,
    options?: Options,
  ): QualityRecipe | { readonly reason: string };
  /** The profiles that it has a series of each; one for the model when absent. */
  columns?(model: LabelledModel, options: Options): readonly string[];
}

export type Kind =
  | { [S in Exclude<Subject, QualitySubject> as S['source']]: KindOf<S> }[Exclude<
      Subject,
      QualitySubject
    >['source']]
  | QualityKind;

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
