import type { CheckReport } from '../contract/check.ts';
import { TiltmeterError } from '../contract/errors.ts';
import { nearest } from '../tables/nearest.ts';
import { type ColumnType, inferType } from '../tables/rules/infer.ts';
import type { Measured } from './measure.ts';
import type { CheckOptions } from './options.ts';
import type { PlannedColumn } from './plan.ts';
import type { ColumnSurvey } from './survey.ts';
import type { Table } from './table/table.ts';

/**
 * The columns that both tables have, in the reference's order.
 * @throws nothing_to_compare when there is none.
 */
export function sharedColumns(reference: Table, current: Table): string[] {
  const there = new Set(current.columns.map((column) => column.name));
  const shared = reference.columns.map((column) => column.name).filter((name) => there.has(name));
  if (shared.length === 0)
    throw new TiltmeterError(
      'nothing_to_compare',
      `${reference.label} (${namesOf(reference)}) and ${current.label} (${namesOf(current)}) have no column in common`,
    );
  return shared;
}

/** A table's first columns, for people. */
function namesOf({ columns, notes }: Table): string {
  const named = columns.slice(0, 5).map(({ name }) => (name.length > 30 ? `${name.slice(0, 30)}…` : name));
  const more = columns.length > 5 ? ` and ${columns.length - 5} more` : '';
  const headless = notes.some((note) => note.startsWith('has no header')) ? ', as it has no header' : '';
  return named.join(', ') + more + headless;
}

/**
 * Makes sure that a column the user named exists in one of the tables.
 * @throws invalid_option with the nearest name there is.
 */
export function mustExist(what: string, name: string, tables: readonly Table[]): void {
  const names = tables.flatMap((table) => table.columns.map((column) => column.name));
  if (names.includes(name)) return;
  const near = nearest(name, names);
  throw new TiltmeterError(
    'invalid_option',
    `${what}: there is no column "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
  );
}

/** Notes on columns that the configuration speaks of and no table has. */
export function unknownColumns(
  { columns }: Pick<CheckOptions, 'columns'>,
  tables: readonly Table[],
): string[] {
  const names = new Set(tables.flatMap((table) => table.columns.map((column) => column.name)));
  const unknown = Object.keys(columns).filter((name) => !names.has(name));
  return unknown.map((name) => {
    const near = nearest(name, [...names]);
    return `the configuration speaks of a column "${name}", which neither table has${near === undefined ? '' : `; did you mean "${near}"?`}`;
  });
}

/** What changed in the tables' columns. */
export function schemaDifference(
  reference: Table,
  current: Table,
  { planned, strange }: Pick<Measured, 'planned' | 'strange'>,
  ignored: (name: string) => boolean,
): CheckReport['schema'] {
  const before = new Set(reference.columns.map((column) => column.name));
  const after = new Set(current.columns.map((column) => column.name));
  return {
    added: [...after].filter((name) => !before.has(name) && !ignored(name)),
    removed: [...before].filter((name) => !after.has(name) && !ignored(name)),
    retyped: planned.flatMap((column) => {
      const now = retypedAs(column, strange.get(column.name));
      return now === null ? [] : [{ name: column.name, reference: column.type, current: now }];
    }),
  };
}

/** The current type when numbers became text, or the reverse, whatever type the user gave. Booleans and numbers of few values are not told apart. */
function retypedAs({ reference, skip }: PlannedColumn, current: ColumnSurvey | undefined): ColumnType | null {
  if (skip === 'all_missing' || current === undefined || current.n === current.missing) return null;
  const now = inferType(current).type;
  const family = (of: ColumnType) => (of === 'boolean' ? null : of === 'text' ? 'categorical' : of);
  const [a, b] = [family(inferType(reference).type), family(now)];
  return a !== null && b !== null && a !== b ? now : null;
}
