import type { PrivacyRules } from '../contract/privacy.ts';
import { cellFor, type Representation, representationOf, type Value } from '../tables/rules/cell.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import type { Fits } from './fitting-first.ts';

export type ColumnType = 'numeric' | 'categorical' | 'boolean';

/** A cell of one column as events have it; text where it does not fit, so that the server counts it as invalid. */
export type ReadCell = (cell: unknown) => Value;

const TYPES: Readonly<Record<Representation, ColumnType>> = {
  number: 'numeric',
  boolean: 'boolean',
  text: 'categorical',
};

const AS: Readonly<Record<ColumnType, Representation>> = {
  numeric: 'number',
  boolean: 'boolean',
  categorical: 'text',
};

export interface CellReading {
  /** Nested columns are not in it. */
  readonly cells: ReadonlyMap<string, ReadCell>;
  readonly fits: Fits;
  /** What each of them is in the model, or will be. */
  readonly types: ReadonlyMap<string, ColumnType>;
}

/**
 * How the cells of each column are read: as the model has the column, else as its values show.
 * @param known types of the model's columns.
 */
export function readCells(
  columns: ReadonlyMap<string, TextFacts>,
  known: ReadonlyMap<string, ColumnType>,
): CellReading {
  const flat = [...columns].filter(([, { stored }]) => stored !== 'other');
  const wanted = new Map<string, Representation>();
  const cells = new Map<string, ReadCell>();
  for (const [name, facts] of flat) {
    const own = representationOf(facts) ?? 'text';
    const type = known.get(name);
    const as = type === undefined ? own : AS[type];
    wanted.set(name, as);
    cells.set(name, (cell) => cellFor(cell, own, as));
  }
  const fits: Fits = (row, name) => {
    const value = cells.get(name)?.(row[name]) ?? null;
    if (value === null) return undefined;
    return wanted.get(name) === 'text' || typeof value === wanted.get(name);
  };
  const types = new Map([...wanted].map(([name, as]) => [name, TYPES[as]] as const));
  return { cells, fits, types };
}

/** A model as an import needs to know it. */
export interface KnownModel {
  /** False when there is none; null when the key may not tell. */
  readonly exists: boolean | null;
  /** The types of its columns. */
  readonly types: ReadonlyMap<string, ColumnType>;
  /** What becomes of values before they are stored, in order; none when absent. */
  readonly rules?: PrivacyRules;
}
