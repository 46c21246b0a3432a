import type { CheckColumn, CheckReport } from '../contract/check.ts';
import { TiltmeterError } from '../contract/errors.ts';
import { type ComparedColumn, type CompareOptions, compareColumn } from './compare/column.ts';
import { columnTests, type TestSet } from './compare/tests.ts';
import { countColumns, countRows } from './count.ts';
import type { Engine } from './engine.ts';
import type { ColumnType } from './infer.ts';
import { nearest } from './nearest.ts';
import { currentPlan, type PlannedColumn, planColumn } from './plan.ts';
import { rankColumns } from './rank.ts';
import { survey } from './survey.ts';
import { openTable, type Workspace } from './table/open.ts';
import type { Table } from './table/table.ts';

export interface CheckOptions extends CompareOptions {
  readonly current: string;
  readonly reference: string;
  readonly tests: TestSet;
  /** Types that the user fixed, by column. */
  readonly types: ReadonlyMap<string, ColumnType>;
  readonly ignore: ReadonlySet<string>;
  readonly label?: string;
  readonly prediction?: string;
  readonly score?: string;
  readonly time?: string;
  readonly segments: readonly string[];
}

/** Called as the work goes on: what is being done, and how far it is (0 to 1). */
export type Progress = (step: string, share: number) => void;

/** Compares two tables. Everything that has an effect is an argument: engine, workspace, clock, progress. */
export async function check(
  engine: Engine,
  workspace: Workspace,
  options: CheckOptions,
  clock: () => number,
  progress: Progress,
): Promise<CheckReport> {
  const started = clock();
  progress('opening', 0);
  const reference = await openTable(engine, workspace, 'reference', options.reference);
  const current = await openTable(engine, workspace, 'current', options.current);
  const shared = commonColumns(reference, current, options);
  progress('surveying the reference', 0.05);
  const before = new Map((await survey(engine, reference)).map((column) => [column.name, column]));
  progress('surveying the current table', 0.2);
  const after = new Map((await survey(engine, current)).map((column) => [column.name, column]));
  const planned = shared.map((name) =>
    planColumn(before.get(name)!, after.get(name)!, options.types.get(name)),
  );
  const counted = planned.filter((column) => column.skip === null);
  progress('counting the reference', 0.35);
  const referenceCounts = await countColumns(
    engine,
    reference,
    counted.map((column) => column.plan),
  );
  progress('counting the current table', 0.6);
  const currentCounts = await countColumns(
    engine,
    current,
    counted.map((column) => currentPlan(column.plan, referenceCounts.get(column.name)!.counts.keys())),
  );
  const rows = {
    reference: await rowsOf(engine, reference, referenceCounts),
    current: await rowsOf(engine, current, currentCounts),
  };
  if (rows.reference === 0)
    throw new TiltmeterError('unreadable_table', `${reference.label}: has a header but no rows`);
  if (rows.current === 0)
    throw new TiltmeterError('unreadable_table', `${current.label}: has a header but no rows`);
  progress('comparing', 0.85);
  const compared = new Map<string, ComparedColumn>();
  for (const column of counted) {
    compared.set(
      column.name,
      compareColumn(
        column.plan,
        referenceCounts.get(column.name)!,
        currentCounts.get(column.name)!,
        options,
        columnTests(options.tests),
      ),
    );
  }
  const columns = rankColumns(
    planned.map((column) => compared.get(column.name) ?? skipped(column)),
    new Map(),
  );
  const failing = columns.filter((column) => column.status === 'drift' || column.status === 'quality');
  const retyped = planned
    .filter((column) => column.skip === null && differs(column))
    .map((column) => ({ name: column.name, reference: column.type, current: column.currentType }));
  const names = {
    reference: reference.columns.map((column) => column.name),
    current: current.columns.map((column) => column.name),
  };
  const schema = {
    added: names.current.filter((name) => !before.has(name)),
    removed: names.reference.filter((name) => !after.has(name)),
    retyped,
  };
  const failed = failing.length > 0 || schema.removed.length > 0 || retyped.length > 0;
  return {
    verdict: failed ? 'fail' : 'pass',
    summary: summary(columns, failing, schema),
    rows,
    sources: { reference: options.reference, current: options.current },
    duration_ms: Math.round(clock() - started),
    columns,
    schema,
    multivariate: { domain_classifier_auc: null, columns: [] },
    performance: {
      task: null,
      degraded: false,
      reference: null,
      current: null,
      estimated: null,
      worst_segments: [],
    },
    notes: [
      ...reference.notes.map((note) => `reference ${note}`),
      ...current.notes.map((note) => `current ${note}`),
    ],
  };
}

function commonColumns(reference: Table, current: Table, options: CheckOptions): string[] {
  const there = new Set(current.columns.map((column) => column.name));
  const names = reference.columns.map((column) => column.name);
  for (const wanted of [
    options.label,
    options.prediction,
    options.score,
    options.time,
    ...options.segments,
  ]) {
    if (wanted !== undefined && !names.includes(wanted) && !there.has(wanted)) {
      const near = nearest(wanted, [...names, ...there]);
      throw new TiltmeterError(
        'invalid_option',
        `there is no column "${wanted}"${near ? `; did you mean "${near}"?` : ''}`,
      );
    }
  }
  const shared = names.filter((name) => there.has(name) && !options.ignore.has(name));
  if (shared.length === 0)
    throw new TiltmeterError(
      'unreadable_table',
      `${reference.label} and ${current.label} have no column in common`,
    );
  return shared;
}

async function rowsOf(
  engine: Engine,
  table: Table,
  counts: ReadonlyMap<string, { n: number }>,
): Promise<number> {
  const first = counts.values().next().value;
  return first ? first.n : countRows(engine, table);
}

/** A number that became text, or the reverse; a boolean and a number of few values are not told apart. */
function differs(column: PlannedColumn): boolean {
  if (column.current.n === column.current.missing) return false;
  const family = (type: ColumnType) => (type === 'boolean' ? 'any' : type === 'text' ? 'categorical' : type);
  const [a, b] = [family(column.type), family(column.currentType)];
  return a !== b && a !== 'any' && b !== 'any';
}

const SKIPPED: Record<string, string> = {
  identifier: 'an identifier: its values never repeat',
  all_missing: 'has no value in the reference',
  time: 'a time: compared only as order',
  nested: 'holds nested values',
};

function skipped(column: PlannedColumn): ComparedColumn {
  const share = ({ missing, n }: { missing: number; n: number }) => (n === 0 ? null : missing / n);
  const nothing = { reference: null, current: null };
  return {
    name: column.name,
    type: column.type,
    status: 'skipped',
    reasons: [SKIPPED[column.skip!]!],
    missing: { reference: share(column.reference), current: share(column.current) },
    invalid: nothing,
    score: null,
    tests: {},
    summary: { mean: nothing, std: nothing, min: nothing, max: nothing, distinct: nothing },
    bins: [],
    p: null,
  };
}

function summary(
  columns: readonly CheckColumn[],
  failing: readonly CheckColumn[],
  schema: CheckReport['schema'],
): string {
  const tested = columns.filter((column) => column.status !== 'skipped').length;
  const parts = [
    failing.length === 0
      ? `none of ${tested} columns moved`
      : `${failing.length} of ${tested} columns moved: ${failing
          .slice(0, 3)
          .map((column) => column.name)
          .join(', ')}${failing.length > 3 ? ' …' : ''}`,
    schema.removed.length > 0 ? `${schema.removed.length} removed` : '',
    schema.added.length > 0 ? `${schema.added.length} added` : '',
    schema.retyped.length > 0 ? `${schema.retyped.length} changed type` : '',
  ];
  return parts.filter(Boolean).join('; ');
}
