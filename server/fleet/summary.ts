import { LAYERS, type LayerState, type Layers } from '../../contract/layer.ts';
import type { ModelSummary } from '../../contract/model.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { PositiveClass } from '../models/positive-class.ts';
import { qualityUnknown, upsideDown } from '../monitors/quality/reasons.ts';
import { isEstimated, type Quality } from '../signals/read-quality.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { FleetReadings } from './read-fleet.ts';
import type { SetupFacts } from './setup/facts.ts';
import { setupFacts } from './setup/setup-facts.ts';
import { setupProgress, setupSteps } from './setup/steps.ts';

/** Buckets of traffic that a line of the fleet draws. */
const BUCKETS = 48;

export interface AlertReading {
  readonly layer: string;
  readonly state: string;
  readonly severity: string;
}

/** `late`: the labels are on their way, so that nothing can be said yet. */
const UNJUDGED = new Set(['no_data', 'not_enough_data', 'late']);

/**
 * State of each layer: failing when an alert fires that pages, warning when one fires that does not, ok when something
 * was judged and found good, else the reason why nothing was.
 */
export function layerStates(alerts: readonly AlertReading[]): Layers {
  const states = {} as Record<keyof Layers, LayerState>;
  for (const layer of LAYERS) {
    const mine = alerts.filter((alert) => alert.layer === layer);
    const firing = mine.filter((alert) => alert.state === 'firing');
    const judged = mine.filter(({ state }) => !UNJUDGED.has(state));
    if (firing.length > 0)
      states[layer] = firing.some((alert) => alert.severity === 'page') ? 'failing' : 'warning';
    else if (judged.length > 0) states[layer] = 'ok';
    else states[layer] = mine.some(({ state }) => state !== 'no_data') ? 'not_enough_data' : 'no_data';
  }
  return states;
}

/** One line of the fleet, from what was read for all models at once. */
export function summarise(model: ModelRow, readings: FleetReadings): ModelSummary {
  const stored = readings.stored.get(model.table_name);
  const head = readings.heads.get(model.id);
  const incidents = readings.incidents.get(model.id) ?? [];
  const open = (priority: string) => incidents.find((each) => each.priority === priority)?.n ?? 0;
  const quality = qualityOf(model, readings);
  return {
    id: model.id,
    name: model.name ?? model.id,
    task: model.task,
    owner: model.owner,
    description: model.description,
    tags: JSON.parse(model.tags) as string[],
    versions: head?.versions.map(({ version }) => version).filter((version) => version !== '') ?? [],
    layers: layerStates(readings.alerts.get(model.id) ?? []),
    open_incidents: { P1: open('P1'), P2: open('P2'), P3: open('P3') },
    last_event: moment(latest(stored?.newest, head?.sent ? head.newest_event : undefined)),
    first_event: moment(stored?.oldest ?? (head?.sent ? head.first : undefined)),
    predictions: (stored?.rows ?? 0) + (head?.sent ?? 0),
    counted: head?.sent ?? 0,
    labels: head?.labels ?? 0,
    traffic: evenly(head?.traffic ?? [], model.bucket_ms),
    quality,
    quality_unknown: unknownQuality(model, readings),
    setup: setupProgress(setupSteps(setupOf(model, readings))),
  };
}

function qualityOf(model: ModelRow, readings: FleetReadings): ModelSummary['quality'] {
  const positive = readings.judgedAs.get(model.id)?.positive ?? null;
  return headline(readings.quality.get(model.id), model.bucket_ms, positive);
}

/** Why quality has no value; null when it has one. */
function unknownQuality(model: ModelRow, readings: FleetReadings): ModelSummary['quality_unknown'] {
  const quality = qualityOf(model, readings);
  if (typeof quality?.value === 'number' && !quality.estimated) return null;
  const { labels = 0, waiting = 0 } = readings.heads.get(model.id) ?? {};
  return qualityUnknown(readings.reasons.get(model.id) ?? [], labels + waiting, model.task);
}

/** How far a model is set up, as far as the ledger knows: what only the lake does is told on the model's own page. */
export function setupOf(model: ModelRow, readings: FleetReadings): SetupFacts {
  return setupFacts(model, {
    head: readings.heads.get(model.id),
    answers: readings.answers.get(model.id) ?? new Set(),
    judgedTo: readings.judgedTo.get(model.id),
    reference: model.reference_id === null ? null : { name: 'the reference', rows: null },
    qualityUnknown: unknownQuality(model, readings)?.sentence ?? null,
    channels: readings.channels,
    timeless: null,
    positive: positiveAsJudged(model, readings.judgedAs.get(model.id)?.positive ?? null),
    now: readings.now,
  });
}

function positiveAsJudged({ positive_label: set }: ModelRow, judged: string | null): PositiveClass | null {
  if (set !== null) return { label: set, by: 'set' };
  return judged === null ? null : { label: judged, by: 'score' };
}

function latest(a: number | null | undefined, b: number | null | undefined): number | null {
  const known = [a, b].filter((each) => each !== null && each !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

const moment = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : rfc3339(ms));

/** The newest buckets without gaps: a bucket in which nothing came is a zero, not an absence. */
export function evenly(
  points: readonly { time: number; n: number }[],
  bucketMs: number,
): ModelSummary['traffic'] {
  if (points.length === 0) return [];
  const counts = new Map(points.map(({ time, n }) => [time, n]));
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const buckets: ModelSummary['traffic'] = [];
  for (let at = Math.max(first, last - (BUCKETS - 1) * bucketMs); at <= last; at += bucketMs) {
    buckets.push({ time: rfc3339(at), n: counts.get(at) ?? 0 });
  }
  return buckets;
}

/** The newest value of what stands for the quality; points oldest first. `positive`: the class whose probability the score is. */
export function headline(
  quality: Quality | undefined,
  bucketMs: number,
  positive: string | null = null,
): ModelSummary['quality'] {
  const points = quality?.points ?? [];
  const newest = points.findLast(({ value }) => value !== null) ?? points.at(-1);
  if (!quality || !newest) return null;
  const { value, low, high, n, time, baseline = null, window = 1 } = newest;
  return {
    metric: quality.metric,
    estimated: isEstimated(quality),
    value,
    low,
    high,
    n,
    time: rfc3339(time),
    baseline,
    window_ms: window * bucketMs,
    points: points.map((point) => ({ time: rfc3339(point.time), value: point.value })),
    note: upsideDown({ metric: quality.metric, value, high }, positive),
  };
}
