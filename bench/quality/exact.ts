import { present, RANKED } from '../../server/profiles/profile.ts';
import { binomialCdf } from '../../stats/distributions/binomial.ts';
import { boundedMean } from '../../stats/intervals/bounded-mean.ts';
import { quantileRanks } from '../../stats/intervals/quantile-interval.ts';
import { type Attainable, attainable, inGoal } from './attainable.ts';
import { latencyTables, QUANTILES } from './latency.ts';
import { rankedTables } from './rankings.ts';

interface Exact {
  readonly figure: string;
  readonly n: number;
  readonly holds: number;
  readonly next: Attainable;
}

/**
 * Prints how often intervals of figures of few values hold, without drawing a sample, and the coverages next to 95 % that any interval can have which holds
 * its own figure and is the same for the same one. A cell of which none of these lies within the goal is told apart: there it can not be met.
 */
export function exactCoverage(sizes: readonly number[]): void {
  const cells = sizes.flatMap((n) => [...exactQuantiles(n), ...exactHits(n)]);
  const share = (x: number) => `${(100 * x).toFixed(1)} %`;
  console.log('\n### Exact coverage, and what can be attained next to 95 %\n');
  console.log('| figure | n | interval holds | attainable below | and above | the goal can be met |');
  console.log('|---|---:|---:|---:|---:|---|');
  for (const { figure, n, holds, next } of cells)
    console.log(
      `| ${[figure, n, share(holds), share(next.below), share(next.above), inGoal(next) ? 'yes' : '**no**'].join(' | ')} |`,
    );
  console.log(`\n${cells.filter(({ next }) => !inGoal(next)).length} of ${cells.length} cells can not meet the goal.`); // biome-ignore format: one line
}

/** Quantiles of answer times: by how many of n lie below the true quantile, and how many at it; a sample's own one by how many lie up to each time. */
function exactQuantiles(n: number): Exact[] {
  return latencyTables().flatMap(({ name, times }) =>
    Object.entries(QUANTILES).flatMap(([title, p]): Exact[] => {
      const ranks = quantileRanks(n, p);
      if (ranks === null) return [];
      const truth = times[Math.ceil(p * times.length) - 1]!;
      const below = times.findIndex((time) => time >= truth) / times.length;
      const upTo = (times.findLastIndex((time) => time <= truth) + 1) / times.length;
      /** Whether the order statistics of these ranks, and what lies between them, hold it. */
      const holds = 1 - binomialCdf(ranks.low - 1, n, upTo) - (1 - binomialCdf(ranks.high - 1, n, below));
      const own = Math.ceil(p * n);
      const chances: number[] = [];
      let [reached, at] = [0, 0];
      while (at < times.length) {
        const last = times.lastIndexOf(times[at]!, Math.min(times.length - 1, at + times.length / 2));
        const now = 1 - binomialCdf(own - 1, n, (last + 1) / times.length);
        chances.push(now - reached);
        [reached, at] = [now, last + 1];
      }
      return [{ figure: `${title}, ${name}`, n, holds, next: attainable(chances) }];
    }),
  );
}

/** Shares of lists with a hit: by how many of n lists have one. */
function exactHits(n: number): Exact[] {
  return rankedTables().map(({ name, rows, profiles }): Exact => {
    const whole = profiles(Int32Array.from({ length: rows }, (_, i) => i)).get(`${RANKED}hit_rate`)!;
    const share = whole.sum / present(whole);
    const chances = Array.from({ length: n + 1 }, (_, k) => binomialCdf(k, n, share) - binomialCdf(k - 1, n, share)); // biome-ignore format: one line
    const holds = chances.reduce((sum, chance, k) => {
      const found = boundedMean({ n, sum: k, sum2: k });
      return 'value' in found && found.low <= share && share <= found.high ? sum + chance : sum;
    }, 0);
    return { figure: `hit rate, ${name}`, n, holds, next: attainable(chances) };
  });
}
