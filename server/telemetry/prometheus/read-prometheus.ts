import { TiltmeterError } from '../../../contract/errors.ts';
import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { OwnQuery, Prometheus } from '../../store/prometheus/prometheus.ts';
import { LEVELS, type LevelOf } from '../metrics/catalogue.ts';
import type { Steps } from '../metrics/steps.ts';
import type { Tie } from '../metrics/tie.ts';
import { evaluatedAt, startOf } from './evaluated.ts';
import { namesThere, prometheusName } from './names.ts';
import { filledIn, tied } from './promql.ts';
import { requestsOf } from './requests.ts';

/** A vector of one value an instance as its mean, lowest and highest, how many there are, and of how many points. */
const summed = (vector: string, n: string) =>
  [
    ['value', `avg(${vector})`],
    ['low', `min(${vector})`],
    ['high', `max(${vector})`],
    ['instances', `count(${vector})`],
    ['n', n],
  ]
    .map(([of, query]) => `label_replace(${query},"of","${of}","","")`)
    .join(' or ');

/**
 * What a Prometheus has of a model's machines and service, as PromQL over whole steps: rows of people's own first. What it does not answer is
 * left out; that it does not, `prometheus.away` tells.
 */
export async function readPrometheus(
  prometheus: Prometheus,
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const [own, names] = await Promise.all([
    Promise.all(prometheus.own.map((one) => orNothing(ownRow(prometheus, one, tie, steps)))),
    orNothing(namesThere(prometheus, tie, steps)),
  ]);
  const there = new Set(names);
  const levels = LEVELS.map((level) => orNothing(levelRow(prometheus, level, there, tie, steps)));
  const requests = orNothing(requestsOf(prometheus, there, tie, steps));
  const found = [...own, ...(await Promise.all([...levels, requests]))].flat();
  return found.filter(({ id }, i) => found.findIndex((one) => one.id === id) === i);
}

/** One query that fails takes no other with it. */
async function orNothing<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TiltmeterError) return [];
    throw error;
  }
}

function ownRow(prometheus: Prometheus, { query, ...row }: OwnQuery, tie: Tie, steps: Steps) {
  const filled = `(${filledIn(query, tie, steps.stepMs)})`;
  return rowOf(prometheus, summed(filled, `count(${filled})`), { ...row, metric: 'PromQL' }, steps);
}

async function levelRow(
  prometheus: Prometheus,
  level: LevelOf,
  names: ReadonlySet<string>,
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const known = level.metrics.find(({ name }) => names.has(prometheusName(name)));
  if (known === undefined) return [];
  const { id, layer, title, unit } = level;
  const metric = prometheusName(known.name);
  const query = levelQuery(level, metric, tie, steps);
  return rowOf(prometheus, query, { id, layer, title, unit, metric }, steps, known.times);
}

/** As the lake has it: of each series the mean (of a counter the increase a second) in the step, of an instance the sum of these, or their mean. */
function levelQuery({ mean, counter }: LevelOf, name: string, tie: Tie, { stepMs }: Steps): string {
  const over = (call: string) => tied(name, tie, (one) => `${call}(${one}[${stepMs}ms])`);
  const instances = `${mean ? 'avg' : 'sum'} by (instance, pod) (${over(counter ? 'rate' : 'avg_over_time')})`;
  return summed(instances, `sum(${over('count_over_time')})`);
}

type Row = Pick<TelemetrySeries, 'id' | 'layer' | 'title' | 'unit' | 'metric'>;

async function rowOf(
  prometheus: Prometheus,
  query: string,
  row: Row,
  steps: Steps,
  times = 1,
): Promise<TelemetrySeries[]> {
  const series = await prometheus.range(query, evaluatedAt(steps));
  const of = (name: string) => new Map(series.find(({ labels }) => labels.of === name)?.points ?? []);
  const [value, low, high, instances, n] = ['value', 'low', 'high', 'instances', 'n'].map(of) as [
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
    Map<number, number>,
  ];
  if (value.size === 0) return [];
  const scaled = (of: Map<number, number>, at: number) => (of.has(at) ? of.get(at)! * times : null);
  return [
    {
      ...row,
      instances: Math.max(...instances.values(), 1),
      between: 'instances',
      points: [...value].map(([at, mean]) => ({
        time: rfc3339(startOf(at, steps)),
        ...{ value: mean * times, low: scaled(low, at), high: scaled(high, at), n: n.get(at) ?? 0 },
      })),
    },
  ];
}
