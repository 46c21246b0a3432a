import { numericProfile } from '../../server/profiles/compute.ts';
import { GAINS, RANKED } from '../../server/profiles/profile.ts';
import { hitRate, meanReciprocalRank } from '../../stats/performance/first-relevant.ts';
import { queryAveragePrecision } from '../../stats/performance/mean-average-precision.ts';
import { queryNdcg } from '../../stats/performance/ndcg.ts';
import type { RankedQuery } from '../../stats/performance/ranked-query.ts';
import { nobody, type Served } from './served.ts';
import { type BinaryTable, binaryTables } from './tables.ts';

const K = 10;
/** What each list is worth, as the server's profiles hold it; null without a relevant item. */
const WORTH: Readonly<Record<(typeof GAINS)[number], (query: RankedQuery) => number | null>> = {
  ndcg: (query) => queryNdcg(query, { k: K }),
  map: (query) => queryAveragePrecision(query, K),
  mrr: (query) => alone(meanReciprocalRank([query, query])),
  hit_rate: (query) => alone(hitRate([query, query], K)),
};

/** Lists of items, ranked by their scores; what is relevant of them is what a model of two classes wants to find. */
export interface RankedTable extends Served {
  readonly name: string;
}

/** Lists of 10, of which three or five in ten are relevant, and of 40 of which few or nearly none of the first ten are. */
export function rankedTables(): RankedTable[] {
  const [adult, , bike] = binaryTables();
  return [
    ranked('Adult, lists of 10', adult!, 10, 1),
    ranked('Bike sharing, lists of 10', bike!, 10, 1),
    ranked('Adult, lists of 40, few relevant', adult!, 40, 0.1),
    ranked('Bike sharing, lists of 40, few relevant', bike!, 40, 0.05),
  ];
}

/** @param kept share of the positive rows that are relevant: every 1 / kept-th. */
function ranked(name: string, table: BinaryTable, length: number, kept: number): RankedTable {
  const every = Math.round(1 / kept);
  const queries = Array.from({ length: Math.floor(table.rows / length) }, (_, q): RankedQuery => {
    const rows = Array.from({ length }, (_, i) => q * length + i);
    const relevance = rows.map((row) => (table.label[row] === 1 && row % every === 0 ? 1 : 0));
    return { relevance, score: rows.map((row) => table.score[row]!) };
  });
  const gains = new Map(GAINS.map((gain) => [gain, queries.map(WORTH[gain])]));
  return {
    ...{ name, rows: queries.length },
    profiles: (rows) =>
      new Map(
        GAINS.map((gain) => [
          RANKED + gain,
          numericProfile(
            Array.from(rows, (row) => gains.get(gain)![row] ?? null),
            null,
          ),
        ]),
      ),
    model: {
      ...nobody,
      task: 'ranking',
      known: new Set(GAINS.map((gain) => RANKED + gain)),
      grids: new Map(),
    },
  };
}

function alone(outcome: ReturnType<typeof hitRate>): number | null {
  return 'value' in outcome ? outcome.value : null;
}
