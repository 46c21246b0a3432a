import type { ColumnType } from '../../../contract/model.ts';
import type { ColumnRow } from '../../store/ledger/schema.ts';

/** What of a column is watched: its values, only whether it is there, or nothing at all. */
export type Watched = 'values' | 'presence' | 'nothing';

const WATCHED: Record<ColumnType, Watched> = {
  numeric: 'values',
  categorical: 'values',
  boolean: 'values',
  text: 'presence',
  identifier: 'presence',
  time: 'presence',
  ignored: 'nothing',
};

/** What a column is: what people or its values say, else what it is stored as. `meaningOf({ type: 'numeric', meaning: 'identifier' })` → 'identifier' */
export function meaningOf({ type, meaning }: Pick<ColumnRow, 'type' | 'meaning'>): ColumnType {
  return meaning ?? type;
}

/** What of a column is watched. `watchedOf({ type: 'categorical', meaning: 'text' })` → 'presence' */
export function watchedOf(column: Pick<ColumnRow, 'type' | 'meaning'>): Watched {
  return WATCHED[meaningOf(column)];
}

/** How values of a type are stored in a column that is new. `storedType('identifier')` → 'categorical' */
export function storedType(type: ColumnType): ColumnRow['type'] {
  return type === 'numeric' || type === 'boolean' ? type : 'categorical';
}

/**
 * Whether a column that is stored so can be taken for this: numbers may be the codes of categories, and anything can be an
 * identifier or be ignored, but only numbers are numeric and only texts say true and false.
 */
export function canMean(stored: ColumnRow['type'], type: ColumnType): boolean {
  if (type === 'numeric') return stored === 'numeric';
  return type !== 'boolean' || stored !== 'numeric';
}

/** Whether its values are numbers that stand for categories: 1, 2, 3, postal codes, ids of classes. */
export function isCodes({ type, meaning }: Pick<ColumnRow, 'type' | 'meaning'>): boolean {
  return type === 'numeric' && meaning === 'categorical';
}

/** As what the values of a column are counted. `countedAs({ type: 'numeric', meaning: 'categorical' })` → 'categorical' */
export function countedAs(column: Pick<ColumnRow, 'type' | 'meaning'>): 'numeric' | 'categorical' {
  return column.type === 'numeric' && !isCodes(column) ? 'numeric' : 'categorical';
}
