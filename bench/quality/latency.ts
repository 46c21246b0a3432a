import { answerTime } from '../../server/fleet/versions/serving.ts';
import { numericProfile } from '../../server/profiles/compute.ts';
import { type Grid, gridOf } from '../../stats/asinh-grid.ts';
import type { Estimate } from '../../stats/outcome.ts';
import { type Random, random } from '../../stats/random.ts';
import { drawnFrom, type Found } from './hits.ts';

/** Answer times in milliseconds, ascending. */
export interface Latencies {
  readonly name: string;
  readonly times: Float64Array;
  readonly grid: Grid;
}

const ROWS = 100_000;
export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** Answer times as services have them: log-normal; some that wait for a second service; whole milliseconds; a heavy tail. */
export function latencyTables(): Latencies[] {
  const next = random(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const of = (name: string, time: () => number): Latencies => {
    const times = Float64Array.from({ length: ROWS }, time).sort();
    return { name, times, grid: gridOf(times) };
  };
  return [
    of('log-normal', () => Math.exp(3 + 0.5 * normal())),
    of('5 % wait for 200 ms', () => Math.exp(3 + 0.4 * normal()) + (next() < 0.05 ? 200 : 0)),
    of('whole milliseconds', () => Math.round(Math.exp(2 + 0.4 * normal()))),
    of('heavy tail', () => 10 * (1 - next()) ** -0.5),
  ];
}

/** The quantiles of a sample as the server tells them, against those of all answers. */
export function realisedLatency({ times, grid }: Latencies, n: number, next: Random): Found[] {
  const sample = Array.from(drawnFrom(times.length, n, next), (row) => times[row]!);
  const profiles = new Map([['_latency_ms', numericProfile(sample, grid)]]);
  return Object.entries(QUANTILES).map(([metric, p]) => {
    const outcome = answerTime(profiles, p, grid) as Estimate | { readonly reason: string };
    return { metric, outcome, truth: times[Math.ceil(p * times.length) - 1]! };
  });
}
