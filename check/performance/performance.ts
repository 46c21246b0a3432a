import type { CheckMetrics, CheckPerformance } from '../../contract/check.ts';
import { directLoss } from '../../stats/estimation/direct-loss.ts';
import type { Metrics } from '../../stats/performance/binary-rows.ts';
import { random } from '../../stats/random.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { features } from '../features.ts';
import type { CheckOptions } from '../options.ts';
import type { PlannedColumn } from '../plan.ts';
import type { Table } from '../table/table.ts';
import { asBinary, positiveClass, texts } from './classes.ts';
import { degradations } from './degraded.ts';
import { decisionThreshold, estimateBinary } from './estimate.ts';
import { fairnessOf } from './fairness.ts';
import { aheadOf, inOrder, timesOf } from './in-order.ts';
import { decides, metricsOf, numbers, reported } from './metrics.ts';
import { NO_PERFORMANCE } from './no-performance.ts';
import { findRoles, type Roles } from './roles.ts';
import { type LabelledTable, labelledRows, textPlan } from './rows.ts';
import { partsOf, type RowLoss, worstParts } from './segments.ts';
import { slices } from './slices.ts';
import { type Sound, soundRows } from './sound.ts';
import { estimateWorth, tryEstimates, weighed, worthSentences } from './worth.ts';

/** Rows that trees learn from. */
const LEARNED_ROWS = 4000;
const SEED = 20_261_120;

/** How well the model does in both tables, what to expect without labels, and where it does worst. */
export async function comparePerformance(
  engine: Engine,
  tables: readonly [Table, Table],
  inputs: readonly PlannedColumn[],
  options: CheckOptions,
): Promise<CheckPerformance> {
  const roles = await findRoles(engine, tables, options);
  if (roles === null) return { ...NO_PERFORMANCE, reasons: needs(options) };
  const found = [
    // Its stretches are to be those of the file.
    await labelledRows(engine, tables[0], roles, timePlans(options), { order: 'file' }),
    await labelledRows(engine, tables[1], roles, [...segmentPlans(inputs, options), ...timePlans(options)]),
  ] as const;
  const sound = soundRows(roles, found, options.positive);
  const [before, after] = [sound.read(found[0]), sound.read(found[1])];
  const positive =
    roles.task === 'binary' ? positiveClass(before.label ? before : after, sound.positive) : null;
  const threshold =
    positive !== null && before.score && before.prediction
      ? decisionThreshold(numbers(before.score), asBinary(before.prediction, positive))
      : 0.5;
  const reference = metricsOf(roles.task, before, positive, threshold);
  const current = metricsOf(roles.task, after, positive, threshold);
  const plain = await estimate(engine, tables, inputs, roles, before, after, positive, threshold);
  const known =
    plain !== null && roles.task === 'binary' && positive !== null && before.label && before.score
      ? { label: asBinary(before.label, positive), score: numbers(before.score) }
      : null;
  const times = found.map(({ others }) => timesOf(options.time === undefined ? undefined : others.columns.get(options.time))); // biome-ignore format: one list
  const tried = known && tryEstimates(inOrder(known, times[0]!), threshold);
  const ahead = aheadOf(times[0]!, times[1]!);
  // NannyML tells what the scores promise, whatever such promises have been worth.
  const estimated = plain && tried && options.as !== 'nannyml' ? weighed(plain, tried, ahead) : plain;
  const promised = after.label || estimated === null ? null : asMetrics(estimated);
  const worse = reference && current ? degradations(roles.task, reference, current) : [];
  if (reference && !current && promised)
    worse.push(
      ...degradations(roles.task, reference, promised).map((told) => `estimated without labels: ${told}`),
    );
  const worth = tried && estimateWorth(tried, ahead);
  const loss = rowLoss(roles, after, positive, threshold);
  const intervals = { reference: reported(reference), current: reported(current), estimated };
  return {
    task: roles.task,
    degraded: worse.length > 0,
    reasons: [
      ...worse,
      ...silent(roles, found, positive),
      ...sound.reasons,
      ...undecided(roles, before, after),
      ...(worth === null ? [] : worthSentences(worth)),
    ],
    reference: values(intervals.reference),
    current: values(intervals.current),
    estimated: estimatedValues(estimated),
    estimate_worth: worth,
    intervals,
    worst_segments: loss
      ? await worst(engine, tables[1], inputs, roles, after, loss, options, positive, threshold, sound)
      : [],
    ...fairness(roles, after, options, positive, threshold),
  };
}

/** What the user would have to name. */
function needs({ label, prediction, score }: CheckOptions): string[] {
  if (label === undefined && (prediction !== undefined || score !== undefined))
    return ['performance needs --label, at least in the reference'];
  if (label !== undefined) return ['performance needs --prediction or --score beside --label'];
  return [];
}

/** What cannot be told, and why. */
function silent(
  roles: Roles,
  [before, after]: readonly [LabelledTable, LabelledTable],
  positive: string | null,
): string[] {
  const reasons: string[] = [];
  if (!before.label) reasons.push('the reference has no labels');
  if (!after.label)
    reasons.push('the current table has no labels: its performance is estimated where that is possible');
  if (roles.task === 'binary' && positive === null) reasons.push('the label has not two classes');
  for (const [name, rows] of [
    ['reference', before],
    ['current table', after],
  ] as const)
    for (const part of ['prediction', 'score'] as const)
      if (roles[part] !== undefined && !rows[part]) reasons.push(`the ${name} has no column of the ${part}`);
  if (roles.task === 'multiclass' && roles.prediction === undefined)
    reasons.push('several classes need --prediction: one score does not say which of them is meant');
  return reasons;
}

/** Scores that are no probabilities rank the rows, but decide nothing. */
function undecided({ task, prediction }: Roles, before: LabelledTable, after: LabelledTable): string[] {
  if (task !== 'binary' || prediction !== undefined || (decides(before) && decides(after))) return [];
  return ['the score lies outside 0 to 1: it ranks the rows, but what it decides needs --prediction'];
}

async function estimate(
  engine: Engine,
  tables: readonly [Table, Table],
  inputs: readonly PlannedColumn[],
  roles: Roles,
  before: LabelledTable,
  after: LabelledTable,
  positive: string | null,
  threshold: number,
): Promise<CheckMetrics | null> {
  if (roles.task === 'binary' && positive !== null && before.label && before.score && after.score) {
    const reference = { label: asBinary(before.label, positive), score: numbers(before.score) };
    return estimateBinary(reference, numbers(after.score), threshold);
  }
  if (roles.task !== 'regression' || after.label || !before.label || !after.prediction) return null;
  const plans = inputs.map(({ plan }) => plan);
  const names = inputs.map(({ name }) => name);
  const known = await labelledRows(engine, tables[0], roles, plans, { most: LEARNED_ROWS });
  const asked = await labelledRows(engine, tables[1], roles, plans, { most: LEARNED_ROWS });
  const found = directLoss(
    {
      features: features(known.others, names),
      prediction: numbers(known.prediction!),
      label: numbers(known.label!),
    },
    { features: features(asked.others, names), prediction: numbers(asked.prediction!) },
    { random: random(SEED), folds: 3, trees: 40 },
  );
  return {
    mae:
      'value' in found
        ? { value: found.value, low: found.low, high: found.high }
        : { value: null, reason: found.reason },
  };
}

/** The loss of each current row that has a label. */
function rowLoss(
  roles: Roles,
  rows: LabelledTable,
  positive: string | null,
  threshold: number,
): RowLoss | null {
  const { label, prediction, score } = rows;
  if (!label || (roles.task === 'binary' && !decides(rows))) return null;
  if (roles.task === 'regression') {
    if (!prediction) return null;
    const [y, f] = [numbers(label), numbers(prediction)];
    return { metric: 'mae', loss: y.map((said, i) => Math.abs(f[i]! - said)) };
  }
  const said = texts(label);
  const guess = (i: number): string | null => {
    if (prediction) return texts(prediction)[i] ?? null;
    const x = Number(score?.[i] ?? Number.NaN);
    return Number.isFinite(x) && positive !== null ? (x >= threshold ? positive : '') : null;
  };
  if (!prediction && !(score && positive !== null)) return null;
  const truth = prediction
    ? said
    : said.map((each) => (each === null ? null : each === positive ? each : ''));
  return {
    metric: 'accuracy',
    loss: Float64Array.from(truth, (each, i) => {
      const guessed = guess(i);
      return each === null || guessed === null ? Number.NaN : Number(each !== guessed);
    }),
  };
}

/** The column of times, where one is named. */
function timePlans({ time }: CheckOptions) {
  return time === undefined ? [] : [textPlan(time)];
}

function segmentPlans(inputs: readonly PlannedColumn[], options: CheckOptions) {
  const named = new Set([...options.segments, ...options.protected]);
  return inputs.filter(({ name }) => named.has(name)).map(({ plan }) => plan);
}

/** Of two classes, whether the groups of the protected attributes are treated alike. */
function fairness(
  roles: Roles,
  rows: LabelledTable,
  options: CheckOptions,
  positive: string | null,
  threshold: number,
): Pick<CheckPerformance, 'fairness'> {
  const { label, prediction, score } = rows;
  if (options.protected.length === 0 || roles.task !== 'binary' || positive === null || !label) return {};
  const scores = score ? numbers(score) : [];
  const answer = prediction
    ? asBinary(prediction, positive)
    : Array.from(scores, (x) => (Number.isFinite(x) ? Number(x >= threshold) : null));
  const attributes = options.protected.flatMap((name) => {
    const column = rows.others.columns.get(name);
    return column ? [[name, column] as const] : [];
  });
  return {
    fairness: fairnessOf(new Map(attributes), { label: asBinary(label, positive), answer, score: scores }),
  };
}

/** The worst values of the named segments, or the worst parts that a search through conditions finds. */
async function worst(
  engine: Engine,
  table: Table,
  inputs: readonly PlannedColumn[],
  roles: Roles,
  rows: LabelledTable,
  loss: RowLoss,
  options: CheckOptions,
  positive: string | null,
  threshold: number,
  sound: Sound,
) {
  const named = options.segments.flatMap((name) => {
    const column = rows.others.columns.get(name);
    return column ? partsOf(name, column) : [];
  });
  if (options.segments.length > 0) return worstParts(loss, named);
  const plans = inputs.map(({ plan }) => plan);
  const sample = sound.read(await labelledRows(engine, table, roles, plans, { most: 2 * LEARNED_ROWS }));
  const sampled = rowLoss(roles, sample, positive, threshold);
  if (!sampled) return [];
  const names = inputs.map(({ name }) => name);
  return worstParts(sampled, slices(features(sample.others, names), sampled.loss), loss.loss);
}

function values(metrics: CheckMetrics | null) {
  return metrics && Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));
}

/** What is estimated as metrics that can be compared; those without an interval say nothing. */
function asMetrics(estimated: CheckMetrics): Metrics {
  return Object.fromEntries(
    Object.entries(estimated).flatMap(([name, { value, low, high }]) =>
      value === null || low == null || high == null ? [] : [[name, { value, low, high }]],
    ),
  );
}

/** The first metric's interval stands beside the values. */
function estimatedValues(metrics: CheckMetrics | null) {
  const first = metrics && Object.values(metrics)[0];
  if (!metrics || !first) return null;
  return { ...values(metrics), low: first.low ?? null, high: first.high ?? null };
}
