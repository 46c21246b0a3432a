import { type JsonLayout, jsonLayout } from './json/json-layout.ts';
import { jsonRows, type Unread } from './json/json-rows.ts';
import type { TableRow } from './table-row.ts';
import { type DelimitedLayout, delimitedLayout } from './text/delimited-layout.ts';
import { delimitedRows } from './text/delimited-rows.ts';

/** How a table of text is to be read, found in its beginning. */
export type Layout = DelimitedLayout | JsonLayout;

/**
 * @param label names the table in what is said of it.
 * @param start its beginning, decompressed. @param complete that is all of it.
 * @throws unreadable_table when the beginning shows that it is no table.
 */
export function layoutOf(
  label: string,
  format: Layout['format'],
  start: Uint8Array,
  complete: boolean,
): Layout {
  return format === 'json' ? jsonLayout(label, start, complete) : delimitedLayout(label, start, complete);
}

/**
 * The rows of a table as they are read, never all at once. What holds no row is told, and harms no other.
 * @throws unreadable_table when it turns out that it cannot be read to its end.
 */
export function readRows(
  label: string,
  layout: Layout,
  bytes: AsyncIterable<Uint8Array>,
  unread: Unread,
): AsyncGenerator<TableRow> {
  return layout.format === 'json' ? jsonRows(layout, bytes, unread) : delimitedRows(label, layout, bytes);
}
