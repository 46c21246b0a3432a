import { addHistograms, type NativeHistogram } from '../../../stats/distributions/native-histogram.ts';
import { nativeQuantile } from '../../../stats/distributions/native-quantile.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { CLASSIC_REQUESTS, REQUESTS } from './catalogue.ts';
import { EXPONENTIAL, increases, SENT } from './native-sql.ts';
import type { RequestMetric, RequestStep, RequestsOf } from './request-series.ts';
import type { Steps } from './steps.ts';
import { type Tie, tiedParams } from './tie.ts';

/** What came in a step, of histograms of one schema. Of what began before the step and was another schema then, less than nothing. */
interface NativeRow {
  readonly metric: string;
  readonly step: number;
  readonly schema: number;
  readonly zero_threshold: number;
  readonly bounds: readonly number[];
  readonly zero_count: number;
  readonly positive: readonly [indexes: readonly number[], counts: readonly number[]];
  readonly negative: readonly [indexes: readonly number[], counts: readonly number[]];
  readonly requests: number;
  readonly a_step: number;
  readonly failed: number;
  readonly refused: number;
  readonly told: number;
  readonly instances: number;
}

type Read = (ctx: { readonly lake: Lake }, tie: Tie, steps: Steps) => Promise<RequestsOf | undefined>;

/** The same as readExplicit out of exponential histograms. */
export const readExponential: Read = readFrom(increases(EXPONENTIAL), REQUESTS);

/** The same as readClassic out of native histograms. */
export const readNative: Read = readFrom(increases(SENT), CLASSIC_REQUESTS);

function readFrom(statement: string, known: readonly RequestMetric[]): Read {
  const names = known.map(({ name }) => name);
  return async ({ lake }, tie, { from, to, stepMs }) => {
    const rows = await lake.query<NativeRow>(statement, {
      ...tiedParams(tie),
      ...{ from, to, step: stepMs, names },
    });
    const metric = known.find(({ name }) => rows.some((row) => row.metric === name));
    if (metric === undefined) return undefined;
    const own = rows.filter((row) => row.metric === metric.name);
    const steps = [...Map.groupBy(own, ({ step }) => step)]
      .map(([step, of]) => together(step, of))
      .filter(({ requests }) => requests > 0);
    return { metric, steps };
  };
}

/** A step by the sums of its schemas. Of bounds of their own that differ, percentiles are of those with most requests. */
function together(step: number, rows: readonly NativeRow[]): RequestStep {
  const alike = [...Map.groupBy(rows, ({ bounds }) => JSON.stringify(bounds)).values()];
  const sum = (of: readonly NativeRow[], pick: (row: NativeRow) => number) =>
    of.reduce((all, row) => all + pick(row), 0);
  const requests = ({ requests }: NativeRow) => requests;
  const most = alike.reduce((a, b) => (sum(b, requests) > sum(a, requests) ? b : a));
  const merged = addHistograms(most.map(histogramOf));
  return {
    step,
    requests: sum(rows, requests),
    aStep: sum(rows, (row) => row.a_step),
    failed: sum(rows, (row) => row.failed),
    refused: sum(rows, (row) => row.refused),
    told: sum(rows, (row) => row.told),
    instances: Math.max(...rows.map(({ instances }) => instances)),
    quantile: (quantile) => nativeQuantile(merged, quantile),
    n: sum(most, requests),
  };
}

function histogramOf(row: NativeRow): NativeHistogram {
  const { schema, bounds, zero_threshold: zeroThreshold, zero_count: zeroCount } = row;
  const side = ([indexes, counts]: NativeRow['positive']) =>
    new Map(indexes.map((index, i) => [index, counts[i]!]));
  return {
    schema,
    bounds,
    zeroThreshold,
    zeroCount,
    positive: side(row.positive),
    negative: side(row.negative),
  };
}
