import { identifier } from '../../tables/identifier.ts';
import type { SourceColumn, Table } from './table.ts';

/** What a table says of sampling its rows. */
export type RowKey = Pick<Table, 'rowKey' | 'keyInOrder'>;

/** The engine's columns of a row's number in its file, and of the file. */
export const PLACE = ['_row_number', '_file'] as const;

/** Columns that tell rows apart well enough. */
const HASHED_COLUMNS = 50;

/**
 * Keys made of each row's file and number. The number alone would not do: every fourth row of a table whose rows come
 * round in twelve is a third of them. Neither would the values: equal rows would all be taken, or all left out.
 * @param doubtful columns that tell rows of the same number apart, where the engine may give a number twice.
 */
export function keyOfPlace(
  columns: readonly SourceColumn[],
  files: readonly string[],
  doubtful: readonly SourceColumn[] = [],
): RowKey {
  const [number, file] = PLACE;
  // A column of that name hides the engine's.
  if (columns.some(({ raw }) => raw === identifier(number) || raw === identifier(file))) return keyOfOrder();
  const more = [
    ...(files.length > 1 ? [file] : []),
    // The hash of anything beside NULL is NULL.
    ...doubtful.slice(0, HASHED_COLUMNS).map(({ raw }) => `ifNull(${raw}, '')`),
  ];
  const place = `assumeNotNull(${number})`;
  const rowKey = more.length > 0 ? `cityHash64(${[place, ...more].join(', ')})` : `intHash64(${place})`;
  return { rowKey, keyInOrder: false };
}

/** What stands at the end of a statement that asks for the keys of rows. */
export function keyedSettings({ settings, keyInOrder }: Table): string {
  return keyInOrder ? inOneThread(settings) : settings;
}

/** Settings of a statement that reads rows in their order. */
export function inOneThread(settings: string): string {
  return settings === '' ? 'SETTINGS max_threads=1' : `${settings}, max_threads=1`;
}

/** Keys where the engine does not number a file's rows: of their order, which is the same only when one thread reads. */
export function keyOfOrder(): RowKey {
  return { rowKey: 'intHash64(rowNumberInAllBlocks())', keyInOrder: true };
}
