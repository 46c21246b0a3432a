import type { Rules } from '../../../alerts/decide.ts';
import type { Kind, MetricMeta, Settings } from '../../kind.ts';
import type { Options } from '../../options.ts';

/** A window that holds too little is widened up to this. */
const WIDEST_MS = 28 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;
/** Buckets of half a history, at most. */
const MOST_HISTORY = 1_000;

/**
 * A monitor's options with the defaults of its kind, in buckets. The metric is the first of the kind's when none is
 * named, or the one the model's task calls for (`metric`).
 */
export function settingsOf(
  kind: Kind,
  options: Options,
  model: { readonly bucket_ms: number; readonly window_ms: number },
  metric: string | undefined = options.metric,
): { meta: MetricMeta; settings: Settings; rules: Rules } {
  const meta = kind.metrics.find(({ id }) => id === metric) ?? kind.metrics[0]!;
  const buckets = (ms: number) => Math.max(1, Math.ceil(ms / model.bucket_ms));
  const byKind = {
    bucket: 1,
    model: buckets(model.window_ms),
    week: buckets(Math.max(WEEK_MS, model.window_ms)),
  };
  const window = options.window_ms === undefined ? byKind[kind.defaults.window] : buckets(options.window_ms);
  const history = kind.defaults.history ? 2 * Math.min(MOST_HISTORY, buckets(WIDEST_MS)) : 0;
  const newest = kind.defaults.newest ? window + Math.floor(window / 2) : 0;
  const n = Math.max(options.n ?? kind.defaults.n, options.m ?? 1);
  return {
    meta,
    settings: {
      metric: meta.id,
      threshold: options.threshold ?? meta.threshold ?? kind.defaults.threshold,
      window,
      maxWindow: Math.max(window, buckets(WIDEST_MS), history),
      steadyWindow: Math.max(window, buckets(model.window_ms), history, newest),
      ...(options.detector === undefined ? {} : { detector: options.detector }),
      minN: options.min_n ?? kind.defaults.minN,
      ...(options.worse === undefined ? {} : { worse: options.worse }),
    },
    rules: {
      m: Math.min(options.m ?? kind.defaults.m, n),
      n,
      keepOpen: n,
      silentFor: Math.max(3, buckets(model.window_ms)),
    },
  };
}
