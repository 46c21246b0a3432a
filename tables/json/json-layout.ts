import { type Encoding, encodingOf } from '../text/encoding.ts';
import { type JsonShape, jsonShape, mustBeJsonTable } from './json-shape.ts';

/** How a table of JSON objects is to be read, found in its beginning. */
export interface JsonLayout {
  readonly format: 'json';
  readonly encoding: Encoding;
  readonly shape: JsonShape;
  readonly notes: readonly string[];
}

/**
 * @param label names the table in what is said of it.
 * @param start its beginning, decompressed. @param complete that is all of it.
 * @throws unreadable_table when the beginning shows that it is no table.
 */
export function jsonLayout(label: string, start: Uint8Array, complete: boolean): JsonLayout {
  const encoding = encodingOf(start);
  const shape = jsonShape([new TextDecoder(encoding).decode(start, { stream: true })], complete);
  mustBeJsonTable(label, shape);
  return { format: 'json', encoding, shape, notes: encoding === 'utf-8' ? [] : [`read as ${encoding}`] };
}
