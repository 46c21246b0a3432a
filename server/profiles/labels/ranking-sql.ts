import { GAINS, gainProfile, RANDOM, RANKED } from '../profile.ts';
import { profileRow } from '../roll-up/queries/table.ts';

/** A label is a relevant item, a list of them as JSON, or a list of pairs of items and how relevant they were. */
const GRADED = `arrayFilter(pair -> pair.2 > 0, arrayFlatten(arrayMap(one ->
        multiIf(
          startsWith(one, '[['), JSONExtract(one, 'Array(Tuple(String, Float64))'),
          startsWith(one, '['), arrayMap(item -> (item, 1.), JSONExtract(one, 'Array(String)')),
          [(one, 1.)]), relevant)))`;

/** Of several grades of an item the greatest counts. */
const grade = (item: string) => `arrayMax(pair -> if(pair.1 = ${item}, pair.2, 0), graded)`;

/** One discounted by its rank, summed over ranks. */
const discounted = (ranks: string) => `arraySum(rank -> 1 / log2(rank + 1), ${ranks})`;

/**
 * The subquery of numericProfiles for how well the first `k` items of lists ranked what was relevant: `_ranked|ndcg` and its like, of each labelled list, and
 * `_random|…`, what their items in random order give on average. Rows without a relevant item have none. Items that are relevant and
 * not in the list count in the ideal order, so that what was not offered is missed. A grade is the gain of its item in NDCG; elsewhere
 * any above 0 is relevant.
 * Sources: stats/performance/ndcg.ts and beside it, of which equal scores in random order are the expectation.
 */
export function rankingGains(rows: string, k: number): string {
  const gained = (gains: string, ranks: string) =>
    `arraySum((gain, rank) -> if(rank <= ${k}, gain / log2(rank + 1), 0), ${gains}, ${ranks})`;
  const ideal = gained('best', 'arrayEnumerate(best)');
  const ndcg = `${gained('gains', 'hits')} / ${ideal}`;
  const precision = `arraySum((rank, found) -> if(rank <= ${k}, found / rank, 0), hits, arrayEnumerate(hits)) / least(${k}, wanted)`;
  const ranks = 'range(1, toUInt64(items) + 1)';
  const first = `arrayFilter(rank -> rank <= ${k}, ${ranks})`;
  const share = 'length(hits) / items';
  // The others of a random order, above a relevant one.
  const above = `if(items > 1, (length(hits) - 1) / (items - 1), 0)`;
  const random = {
    ndcg: `arraySum(gains) / items * ${discounted(first)} / ${ideal}`,
    map: `${share} * arraySum(rank -> (1 + (rank - 1) * ${above}) / rank, ${first}) / least(${k}, wanted)`,
    // The chance that the first relevant item stands at a rank, by what is left above it.
    mrr: `arraySum((rank, left, before) -> (before - left) / rank, ${ranks}, none, arrayPushFront(arrayPopBack(none), toFloat64(1)))`,
    hit_rate: `1 - none[toUInt64(least(${k}, items))]`,
  };
  const ranked = {
    ndcg,
    map: precision,
    mrr: 'if(empty(hits), 0, 1 / hits[1])',
    hit_rate: `if(notEmpty(hits) AND hits[1] <= ${k}, 1, 0)`,
  };
  const value = (sql: string) => `if(wanted = 0, NULL, toFloat64(${sql}))`;
  const each = GAINS.flatMap((gain) => [
    `('${gainProfile(RANKED, gain, k)}', ${value(ranked[gain])})`,
    `('${gainProfile(RANDOM, gain, k)}', ${value(random[gain])})`,
  ]);
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, each.1 AS column,
      groupArray(each.2) AS collected, toInt64(0) AS first, toFloat64(0) AS center, toFloat64(0) AS scale
    FROM (
      SELECT bucket, version, segment, wanted, items, hits, gains, best,
        arrayMap(sum -> exp(sum), arrayCumSum(arrayMap(rank -> log(greatest(0., 1 - length(hits) / (items - rank + 1))), ${ranks}))) AS none,
        [${each.join(', ')}] AS every
      FROM (
        SELECT bucket, version, segment, length(wanted_items) AS wanted, length(ranked) AS items,
          arrayReverseSort(arrayMap(item -> ${grade('item')}, wanted_items)) AS best,
          arrayFilter((rank, item) -> has(wanted_items, item), arrayEnumerate(mapKeys(ranked)), mapKeys(ranked)) AS hits,
          arrayMap(rank -> ${grade('mapKeys(ranked)[rank]')}, hits) AS gains
        FROM (
          SELECT bucket, version, segment, ranked, graded, arrayDistinct(arrayMap(pair -> pair.1, graded)) AS wanted_items
          FROM (SELECT bucket, version, segment, ranked, ${GRADED} AS graded FROM (${rows}) WHERE notEmpty(ranked))
        )
      )
    )
    ARRAY JOIN every AS each
    GROUP BY bucket, version, segment, column`;
}

/** `_label` of lists: how many have their labels. */
export function labelledQueries(rows: string): string {
  return `${profileRow({ column: "'_label'", version: 'version', segment: 'segment', n: 'labelled_n' })}
FROM (SELECT bucket, version, segment, count() AS labelled_n FROM (${rows}) GROUP BY bucket, version, segment)`;
}
