import { binomialCdf } from '../../stats/distributions/binomial.ts';
import { quantileRanks } from '../../stats/intervals/quantile-interval.ts';
import { latencyTables, QUANTILES } from './latency.ts';

/**
 * Prints how often intervals of quantiles of answer times hold what is true of all answers, without drawing a sample: by how many of n answers lie
 * below the true quantile, and how many at it. Beside it how often a sample's own quantile is the true one: no interval with its value in it holds more rarely.
 */
export function exactCoverage(sizes: readonly number[]): void {
  console.log(
    '\n### Quantiles of answer times: exact coverage of the ranks, and of the sample’s own quantile\n',
  );
  console.log(
    '| times | quantile | n | interval holds | own quantile is the true one |\n|---|---|---:|---:|---:|',
  );
  for (const { name, times } of latencyTables())
    for (const [title, p] of Object.entries(QUANTILES))
      for (const n of sizes) {
        const ranks = quantileRanks(n, p);
        if (ranks === null) continue;
        const truth = times[Math.ceil(p * times.length) - 1]!;
        const below = times.findIndex((time) => time >= truth) / times.length;
        const upTo = (times.findLastIndex((time) => time <= truth) + 1) / times.length;
        /** Whether the order statistics of these ranks, and what lies between them, hold it. */
        const held = (low: number, high: number) =>
          1 - binomialCdf(low - 1, n, upTo) - (1 - binomialCdf(high - 1, n, below));
        const own = Math.ceil(p * n);
        const share = (x: number) => `${(100 * x).toFixed(1)} %`;
        console.log(
          `| ${[name, title, n, share(held(ranks.low, ranks.high)), share(held(own, own))].join(' | ')} |`,
        );
      }
}
