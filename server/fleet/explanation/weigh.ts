import type { Explanation, FeatureWeight } from '../../../contract/explanation.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { queryNdcg } from '../../../stats/performance/ndcg.ts';
import type { AttributionSums } from '../../profiles/read/attribution-sums.ts';

/** Versions that are told, those with most rows. */
const VERSIONS = 10;

/** Below it the ranking has changed in a way that matters. */
export const RANKING_THRESHOLD = 0.9;

type Sizes = ReadonlyMap<string, number>;

/** What the sums of a range say, beside those of the time before it. `starts`: of the steps of the range, ascending. Pure. */
export function weigh(
  sums: readonly AttributionSums[],
  before: readonly AttributionSums[],
  starts: readonly number[],
): Pick<Explanation, 'features' | 'ranking' | 'ranking_path' | 'versions'> {
  const sizes = meanSizes(sums);
  const earlier = before.length === 0 ? null : meanSizes(before);
  const byStep = Map.groupBy(sums, ({ time }) => time);
  const steps = starts.map((time) => ({ time, of: byStep.get(time) ?? [] }));
  const shares = sharesOf(sizes);
  const sharesBefore = earlier && sharesOf(earlier);
  const stepShares = steps.map(({ of }) => (of.length === 0 ? null : sharesOf(meanSizes(of))));
  const features = [...sizes].map(([name, size]): FeatureWeight => {
    const own = sums.filter(({ feature }) => feature === name);
    const n = total(own, 'n');
    return {
      ...{ name, size, share: shares.get(name)!, signed: total(own, 'sum') / n, n },
      share_before: sharesBefore === null ? null : (sharesBefore.get(name) ?? 0),
      path: stepShares.map((of) => (of === null ? null : (of.get(name) ?? 0))),
    };
  });
  const ranking = earlier && rankingAgreement(earlier, sizes);
  return {
    features: features.sort((a, b) => b.size - a.size),
    ranking: ranking === null ? null : { value: ranking, threshold: RANKING_THRESHOLD },
    ranking_path: steps.flatMap(({ time, of }) => {
      const value = of.length === 0 ? null : rankingAgreement(sizes, meanSizes(of));
      return value === null ? [] : [{ time: rfc3339(time), value, n: rowsOf(of) }];
    }),
    versions: versionsOf(sums),
  };
}

/**
 * How alike two rankings are: nDCG of the later order, with the sizes of the earlier one as gains. Null where the earlier one
 * has none. Pure.
 * @example rankingAgreement(new Map([['a', 2], ['b', 1]]), new Map([['a', 5], ['b', 4]])) // 1
 */
export function rankingAgreement(earlier: Sizes, later: Sizes): number | null {
  const names = [...new Set([...earlier.keys(), ...later.keys()])];
  const of = (sizes: Sizes) => names.map((name) => sizes.get(name) ?? 0);
  return queryNdcg({ relevance: of(earlier), score: of(later) });
}

/** Rows, as far as they are known: those of the feature that came most often. */
export function rowsOf(sums: readonly AttributionSums[]): number {
  const byFeature = Map.groupBy(sums, ({ feature }) => feature);
  return Math.max(0, ...[...byFeature.values()].map((own) => total(own, 'n')));
}

/** Per row, not per attribution: one that is sent rarely weighs little. */
function meanSizes(sums: readonly AttributionSums[]): Sizes {
  const rows = rowsOf(sums);
  const byFeature = Map.groupBy(sums, ({ feature }) => feature);
  return new Map([...byFeature].map(([name, own]) => [name, total(own, 'size') / rows]));
}

function sharesOf(sizes: Sizes): Sizes {
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return new Map([...sizes].map(([name, size]) => [name, all > 0 ? size / all : 0]));
}

function versionsOf(sums: readonly AttributionSums[]): Explanation['versions'] {
  const found = [...Map.groupBy(sums, ({ version }) => version)]
    .map(([version, of]) => ({ version, n: rowsOf(of), sizes: meanSizes(of) }))
    .sort((a, b) => b.n - a.n)
    .slice(0, VERSIONS);
  const most = found[0]?.sizes ?? new Map();
  return found.map(({ version, n, sizes }, i) => ({
    ...{ version, n, shares: Object.fromEntries(sharesOf(sizes)) },
    ranking: i === 0 ? null : rankingAgreement(most, sizes),
  }));
}

const total = (sums: readonly AttributionSums[], what: 'n' | 'sum' | 'size') =>
  sums.reduce((all, one) => all + Number(one[what]), 0);
