import type { Anomalies } from '../../../contract/anomalies.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { forecasts } from '../../../stats/anomaly/forecast.ts';
import { suggestThresholds } from '../../../stats/anomaly/suggest-thresholds.ts';
import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { foundChanges } from './found-changes.ts';
import { readHistory } from './history.ts';
import { watchedSubject } from './subject.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
/** Buckets that are answered at most: the newest of a longer range. */
const MOST_BUCKETS = 2_000;

/**
 * A signal of a model over a range (two weeks unless said otherwise), with its forecast, its anomalies by the detector that the monitor `anomaly` has, its changes and the thresholds that it
 * suggests. Errors: not_found, not_allowed.
 */
export async function readAnomalies(
  ctx: Ctx,
  id: string,
  asked: {
    readonly series: string;
    readonly threshold: number;
    readonly from?: number | undefined;
    readonly to?: number | undefined;
  },
): Promise<Anomalies> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const { bucket_ms: bucketMs } = model;
  const to = Math.ceil((asked.to ?? ctx.clock()) / bucketMs) * bucketMs;
  const longest = to - MOST_BUCKETS * bucketMs;
  const from = Math.max(longest, Math.floor((asked.from ?? to - 14 * DAY_MS) / bucketMs) * bucketMs);
  const history = await readHistory(ctx, model, asked.series, { from: Math.min(from, to - bucketMs), to });
  const { values, start } = history;
  const times = Float64Array.from(values, (_, i) => start + i * bucketMs);
  const expected = forecasts(times, values, { stepMs: bucketMs });
  const subject = watchedSubject(history);
  const first = Math.max(0, Math.ceil((from - start) / bucketMs));
  const rows = Array.from({ length: values.length - first }, (_, i) => first + i)
    .filter((index) => Number.isFinite(values[index]))
    .map((index) => ({ index, ...subject.surpriseAt(index), forecast: expected[index] }));
  const points = rows.map(({ index, surprise, level, forecast }) => ({
    time: rfc3339(times[index]!),
    value: values[index]!,
    expected: forecast?.expected ?? null,
    low: forecast?.low ?? null,
    high: forecast?.high ?? null,
    surprise,
    level: asked.threshold * level,
    anomalous: surprise > asked.threshold * level,
  }));
  const suggested = suggestThresholds(values, bucketMs);
  return {
    series: asked.series,
    ...{ layer: history.layer, unit: history.unit, bucket_ms: bucketMs },
    ...{ from: rfc3339(from), to: rfc3339(to) },
    season_ms: rows.findLast(({ forecast }) => forecast !== undefined)?.forecast?.season ?? null,
    points,
    changes: foundChanges(rows.map(standardised)).map(({ index, probability }) => ({
      time: points[index]!.time,
      probability,
    })),
    suggested:
      'reason' in suggested
        ? { low: null, high: null, reason: suggested.reason }
        : { low: suggested.low, high: suggested.high, reason: null },
    suggested_threshold: suggestedThreshold(
      rows.filter(({ anomalous }) => anomalous),
      (to - from) / MONTH_MS,
    ),
  };

  /** What a value is beside its forecast, in standard deviations; not a number while there is none. */
  function standardised({ index, forecast }: (typeof rows)[number]): number {
    if (forecast === undefined) return Number.NaN;
    const deviation = (forecast.high - forecast.low) / 2 / Z_TWO_SIDED_95;
    return deviation > 0 ? (values[index]! - forecast.expected) / deviation : Number.NaN;
  }
}

/** The threshold above which no more anomalies lay than months, by a tenth; at least 1. */
function suggestedThreshold(
  told: readonly { readonly surprise: number; readonly level: number }[],
  months: number,
): number {
  const ranked = told.map(({ surprise, level }) => surprise / level).sort((a, b) => b - a);
  const first = ranked[Math.floor(months)];
  return first === undefined ? 1 : Number((1.1 * first).toPrecision(2));
}
