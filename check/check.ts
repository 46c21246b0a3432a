import type { CheckMultivariate, CheckReport } from '../contract/check.ts';
import { TiltmeterError } from '../contract/errors.ts';
import type { JsDistance } from '../stats/distances/js-distance.ts';
import type { Aside } from '../tables/aside.ts';
import type { Engine } from '../tables/engine/engine.ts';
import type { Workspace } from '../tables/engine/workspace.ts';
import { compareColumn } from './compare/column.ts';
import { columnTests } from './compare/tests.ts';
import { countRows } from './count.ts';
import { decidedByTest } from './decide/by-test.ts';
import { type Decided, decisionFor } from './decide/decided.ts';
import { inputColumns } from './features.ts';
import { fetchNumbers } from './fetch.ts';
import { type Measured, measure, planColumns } from './measure.ts';
import { type CheckOptions, ignores, type Progress } from './options.ts';
import { NO_PERFORMANCE } from './performance/no-performance.ts';
import type { PlannedColumn } from './plan.ts';
import { rankColumns } from './rank.ts';
import { type BrokenRules, checkRules } from './rules/check-rules.ts';
import { mustExist, schemaDifference, sharedColumns, unknownColumns } from './schema.ts';
import { skippedColumn } from './skipped.ts';
import { summaryOf } from './summary.ts';
import { mustHaveAllRows } from './table/lost-rows.ts';
import { openBoth } from './table/open.ts';
import type { Table } from './table/table.ts';
import { unreadLines } from './table/unread-lines.ts';
import { judge } from './verdict.ts';
import { NOT_COMPARED } from './whole/classifier.ts';
import { notMultivariate, type WholeRows, wholeRows, wholeWish } from './whole/sample.ts';
import { tellingThread, toldOfRows } from './whole/told-of-rows.ts';
import { distanceOf, NOTHING_TOLD, type RowsTold } from './whole/whole.ts';

/**
 * Compares two tables. Everything that has an effect is an argument: engine, workspace, clock, progress.
 * @param idle a thread that reads the reference and looks through rows; of large tables it is started here where there is none.
 * @throws unreadable_table, nothing_to_compare or invalid_option when nothing can be said.
 */
export async function check(
  engine: Engine,
  workspace: Workspace,
  options: CheckOptions,
  clock: () => number,
  progress: Progress,
  idle: Aside | null = null,
): Promise<CheckReport> {
  const started = clock();
  progress('opening', 0);
  const tables = await openBoth(engine, workspace, options, idle);
  const [reference, current] = tables;
  checkNames(options, tables);
  const thread = options.multivariate ? tellingThread(tables, idle) : null;
  await using _ = thread === idle ? null : thread;
  const shared = sharedColumns(reference, current).filter((name) => !ignores(options, name));
  const parts = new Set([options.label, options.prediction, options.score, options.time].filter(isName));
  const planned = await planColumns(engine, reference, shared, options, progress);
  const inputs = inputColumns(planned, parts);
  // The rows as a whole are looked through beside all that follows; those of tables that are held are at hand before any are counted.
  const look = async (sides: readonly [number, number], sampled: Measured['sampled']): Promise<Looked> => {
    const reason = options.multivariate ? notMultivariate(sides, inputs.length) : 'switched_off';
    if (reason !== null) return { reason };
    const whole = await wholeRows(engine, tables, sides, inputs, sampled);
    return { whole, told: toldOfRows(whole, thread) };
  };
  const early =
    reference.held && current.held
      ? await look([reference.held.rows, current.held.rows], [null, null])
      : null;
  const wish = early === null && options.multivariate ? wholeWish(inputs, tables) : null;
  const measured = await measure(engine, reference, current, planned, progress, wish);
  const rows = {
    reference: await rowsOf(engine, reference, measured.reference),
    current: await rowsOf(engine, current, measured.current),
  };
  await mustHaveAllRows(engine, reference, rows.reference);
  await mustHaveAllRows(engine, current, rows.current);
  const unread = {
    reference: await unreadLines(engine, reference, rows.reference),
    current: await unreadLines(engine, current, rows.current),
  };
  const sides = [rows.reference, rows.current] as const;
  progress('comparing the rows as a whole', 0.75);
  const looked = early ?? (await look(sides, measured.sampled));
  progress('comparing', 0.8);
  const fetched = await fetchNumbers(engine, tables, sides, measured.planned);
  progress('weighing the columns', 0.85);
  const importance = await importanceOf(engine, reference, inputs, options);
  progress('measuring performance', 0.9);
  const performance = await performanceOf(engine, tables, inputs, options);
  const broken = await checkRules(engine, current, options.rules);
  const decided = options.as
    ? await (await import('./decide/by-peer.ts')).decidedByPeer(
        engine,
        tables,
        measured.planned.filter(({ skip }) => skip === null),
        options.as,
        options,
      )
    : new Map<string, Decided>();
  const said = await judged(measured, fetched, options, decided, broken, looked);
  const multivariate = await wholeSaid(looked, said.scores);
  const columns = rankColumns(said.columns, importance);
  const schema = schemaDifference(
    reference,
    current,
    measured,
    (name) => ignores(options, name) || name === options.label,
  );
  mustHaveCompared(columns, schema, [reference, current]);
  const failed =
    columns.some(({ status }) => status === 'drift' || status === 'quality') ||
    schema.removed.length > 0 ||
    schema.retyped.length > 0 ||
    multivariate.drift ||
    multivariate.repeated?.status === 'quality' ||
    performance.degraded;
  return {
    verdict: failed ? 'fail' : 'pass',
    summary: summaryOf(columns, schema, performance, multivariate),
    rows,
    sources: { reference: options.reference, current: options.current },
    duration_ms: Math.round(clock() - started),
    columns,
    schema,
    multivariate,
    performance,
    notes: [
      ...options.notes,
      ...unknownColumns(options, [reference, current]),
      ...[...reference.notes, unread.reference].flatMap((note) => (note === null ? [] : `reference ${note}`)),
      ...[...current.notes, unread.current].flatMap((note) => (note === null ? [] : `current ${note}`)),
    ],
  };
}

/** Rows that are compared as a whole and what they tell, or why they are not. */
type Looked = { readonly whole: WholeRows; readonly told: Promise<RowsTold> } | { readonly reason: string };

async function wholeSaid(
  looked: Looked,
  scores: ReadonlyMap<string, JsDistance>,
): Promise<CheckMultivariate> {
  if ('reason' in looked) return { ...NOT_COMPARED, reason: looked.reason };
  const told = await looked.told;
  return { ...told.apart, distance: distanceOf(looked.whole, told, scores), ...told.besides };
}

/** What a model says and what was true, as far as they are named: what looks into them is loaded for these alone. */
function namesModel({ label, prediction, score }: CheckOptions): boolean {
  return [label, prediction, score].some(isName);
}

async function importanceOf(
  engine: Engine,
  reference: Table,
  inputs: readonly PlannedColumn[],
  options: CheckOptions,
): Promise<Map<string, number>> {
  if (!namesModel(options)) return new Map();
  return (await import('./importance.ts')).columnImportance(engine, reference, inputs, options);
}

async function performanceOf(
  engine: Engine,
  tables: readonly [Table, Table],
  inputs: readonly PlannedColumn[],
  options: CheckOptions,
): Promise<CheckReport['performance']> {
  if (!namesModel(options)) return NO_PERFORMANCE;
  return (await import('./performance/performance.ts')).comparePerformance(engine, tables, inputs, options);
}

function isName(name: string | undefined): name is string {
  return name !== undefined;
}

function checkNames(options: CheckOptions, tables: readonly Table[]): void {
  for (const what of ['label', 'prediction', 'score', 'time'] as const) {
    const name = options[what];
    if (name !== undefined) mustExist(what, name, tables);
  }
  for (const name of options.segments) mustExist('segment', name, tables);
  for (const name of options.protected) mustExist('protected', name, tables);
  for (const name of options.ignore) if (!name.includes('*')) mustExist('ignore', name, tables);
}

/** @throws nothing_to_compare when there is nothing in the tables that can be compared: silence would pass for soundness. */
function mustHaveCompared(
  columns: CheckReport['columns'],
  { added, removed, retyped }: CheckReport['schema'],
  [reference, current]: readonly [Table, Table],
): void {
  if (columns.some(({ status }) => status !== 'skipped')) return;
  if (added.length + removed.length + retyped.length > 0) return;
  const why = columns.slice(0, 3).map(({ name, reasons }) => `"${name.slice(0, 40)}" (${reasons[0]})`);
  throw new TiltmeterError(
    'nothing_to_compare',
    `${current.label} and ${reference.label} have no column that can be compared${why.length > 0 ? `: ${why.join(', ')}` : ''}`,
  );
}

/** @throws unreadable_table when the table has no rows. */
async function rowsOf(
  engine: Engine,
  table: Table,
  counts: ReadonlyMap<string, { readonly n: number }>,
): Promise<number> {
  const rows = counts.values().next().value?.n ?? (await countRows(engine, table));
  if (rows === 0) throw new TiltmeterError('unreadable_table', `${table.label}: has a header but no rows`);
  return rows;
}

async function judged(
  { planned, reference, current }: Measured,
  fetched: ReadonlyMap<string, readonly [Float64Array, Float64Array]> | null,
  options: CheckOptions,
  byPeer: ReadonlyMap<string, Decided>,
  broken: BrokenRules,
  looked: Looked,
) {
  const wanted = planned.filter(({ skip }) => skip === null);
  const decisions = new Map(wanted.map(({ name, type }) => [name, decisionFor(options, name, type)]));
  const deciding = options.as ? [] : [...decisions.values()].flatMap(({ test }) => test ?? []);
  const tests = await columnTests(options.tests, deciding);
  const alone = wanted.map(({ name, plan }) => {
    const { limits = {} } = options.columns[name] ?? {};
    const { test, threshold } = decisions.get(name)!;
    const ours = test === undefined || test === 'js_distance_base2';
    const column = compareColumn(
      plan,
      reference.get(name)!,
      current.get(name)!,
      fetched?.get(name) ?? null,
      {
        ...options,
        threshold: (ours ? threshold : undefined) ?? options.threshold,
        limits: { ...options.limits, ...limits },
      },
      tests,
      wanted.length,
    );
    return { ...column, findings: [...column.findings, ...(broken.get(name) ?? [])] };
  });
  const { lattice, nearUnique } = 'told' in looked ? (await looked.told).ofColumns : NOTHING_TOLD;
  const compared = alone.map((column) => ({
    ...column,
    smaller: [...column.smaller, ...(nearUnique.get(column.plan.name) ?? [])],
    offLattice: lattice.get(column.plan.name) ?? null,
  }));
  const decided = new Map(byPeer);
  if (!options.as)
    for (const { plan, facts } of compared) {
      const other = decidedByTest(facts.tests, decisions.get(plan.name)!);
      if (other) decided.set(plan.name, other);
    }
  const verdicts = new Map(judge(compared, decided).map((column) => [column.name, column]));
  const columns = planned.map(
    (column) =>
      verdicts.get(column.name) ??
      skippedColumn(
        column,
        reference.get(column.name)!,
        current.get(column.name)!,
        broken.get(column.name) ?? [],
      ),
  );
  const scores = new Map(
    compared.flatMap(({ plan, score }) => ('value' in score ? [[plan.name, score] as const] : [])),
  );
  return { columns, scores };
}
