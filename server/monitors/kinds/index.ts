import type { Kind, QualityKind } from '../kind.ts';
import { anomaly } from './anomaly.ts';
import { attribution_drift } from './attribution_drift.ts';
import { business } from './business.ts';
import { calibration_drift } from './calibration_drift.ts';
import { concept_drift } from './concept_drift.ts';
import { confidence_drift } from './confidence_drift.ts';
import { drift } from './drift.ts';

import { error_budget } from './error_budget.ts';
import { error_rate } from './error_rate.ts';
import { estimate_error } from './estimate_error.ts';
import { estimated_performance } from './estimated_performance.ts';
import { fairness } from './fairness.ts';
import { freshness } from './freshness.ts';
import { invalid } from './invalid.ts';
import { label_coverage } from './label_coverage.ts';
import { label_drift } from './label_drift.ts';
import { labelled_hold } from './labelled_hold.ts';
import { latency } from './latency.ts';
import { machines } from './machines.ts';
import { missing } from './missing.ts';
import { new_category } from './new_category.ts';
import { performance } from './performance.ts';
import { prediction_drift } from './prediction_drift.ts';
import { quality_budget } from './quality_budget.ts';
import { range } from './range.ts';
import { review_backlog } from './review_backlog.ts';
import { served_requests } from './served_requests.ts';
import { staleness } from './staleness.ts';
import { volume } from './volume.ts';

/**
 * Every kind of monitor, in the order in which they are told: harm first, what explains it after. A new kind is a file and
 * a line here.
 */
export const KINDS: readonly Kind[] = [
  performance,
  estimated_performance,
  estimate_error,
  concept_drift,
  calibration_drift,
  quality_budget,
  staleness,
  fairness,
  business,
  label_coverage,
  labelled_hold,
  review_backlog,
  error_rate,
  error_budget,
  served_requests,
  machines,
  freshness,
  volume,
  latency,
  missing,
  invalid,
  range,
  new_category,
  drift,
  prediction_drift,
  label_drift,
  confidence_drift,
  attribution_drift,
  anomaly,
];

const BY_ID: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.id, kind]));

/** A kind by its id; undefined for one that this version does not know. */
export function kindOf(id: string): Kind | undefined {
  return BY_ID.get(id);
}

/** Kinds that tell the realised quality of a model. */
export const REALISED: readonly QualityKind[] = KINDS.filter(
  (kind): kind is QualityKind => kind.reads === 'quality' && kind.standsFor === 'realised',
);

/** Kinds of which each metric is one number of answers and labels: those, and what the business sees. */
export const TOLD: readonly QualityKind[] = KINDS.filter(
  (kind): kind is QualityKind =>
    kind.reads === 'quality' && (kind.standsFor === 'realised' || kind.layer === 'business'),
);

/** Kinds that watch the labelled set of a model: they come and go with it. */
export const OF_HOLDS: readonly Kind[] = KINDS.filter(({ reads }) => reads === 'holds');

/** Kinds that tell how far a column has moved. */
export const SHIFTS: readonly string[] = KINDS.filter(
  ({ role, perColumn }) => perColumn && role === 'shift',
).map(({ id }) => id);

/** The place of a metric among those that stand for a model's quality, 1 the most telling; null when it does not. */
export function headlineOf(kind: string, metric: string): number | null {
  return kindOf(kind)?.metrics.find(({ id }) => id === metric)?.headline ?? null;
}

/** Metrics of which the lowest value is the worst. A metric is the same statistic in every kind that has it. */
export const LOWER_IS_WORSE: readonly string[] = KINDS.flatMap(({ metrics }) =>
  metrics.filter(({ worse }) => worse === 'lower').map(({ id }) => id),
);

/** Its place in the table; the last for a kind that this version does not know. */
export function rankOf(id: string): number {
  const place = KINDS.findIndex((kind) => kind.id === id);
  return place < 0 ? KINDS.length : place;
}

const TITLES: ReadonlyMap<string, string> = new Map(
  KINDS.flatMap(({ metrics }) => metrics.map(({ id, title }) => [id, title] as const)),
);

/** What people call a metric: `metricTitle('roc_auc')` → 'ROC AUC'; its id where this version does not know it. */
export function metricTitle(metric: string): string {
  return TITLES.get(metric) ?? metric;
}
