import { type Kept, keptByDay } from '../store/kept.ts';

/** Telemetry is much and is asked for when something is wrong now: a month of it, unless people say otherwise. */
export const KEPT_TELEMETRY: readonly Kept[] = [
  keptByDay({ name: 'otel_traces', title: 'Spans of traces', days: 30, least: 1 }),
  keptByDay({ name: 'otel_logs', title: 'Log records', days: 30, least: 1 }),
  keptByDay({ name: 'otel_metrics_gauge', title: 'Points of gauges', days: 30, least: 1 }),
  keptByDay({ name: 'otel_metrics_sum', title: 'Points of sums', days: 30, least: 1 }),
  keptByDay({ name: 'otel_metrics_histogram', title: 'Points of histograms', days: 30, least: 1 }),
  keptByDay({
    name: 'otel_metrics_exponential_histogram',
    title: 'Points of exponential histograms',
    days: 30,
    least: 1,
  }),
  keptByDay({ name: 'otel_metrics_summary', title: 'Points of summaries', days: 30, least: 1 }),
  keptByDay({ name: 'metric_samples', title: 'Samples by remote write', days: 30, least: 1 }),
  keptByDay({ name: 'metric_histograms', title: 'Native histograms by remote write', days: 30, least: 1 }),
  keptByDay({ name: 'metric_series', title: 'Series of these samples', days: 30, least: 1 }),
];
