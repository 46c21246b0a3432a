/**
 * Rows from an answer in the engine's JSONColumns format: one JSON document, names once, so that the parser of
 * JavaScript does the work. `rowsFromColumns('{"a":[1,2]}')` → [{a: 1}, {a: 2}]. An empty answer is no rows.
 */
export function rowsFromColumns<Row>(json: string): Row[] {
  if (json.trim() === '') return [];
  const columns = Object.entries(JSON.parse(json) as Record<string, unknown[]>);
  const length = columns[0]?.[1].length ?? 0;
  const rows: Record<string, unknown>[] = [];
  for (let i = 0; i < length; i++) {
    const row: Record<string, unknown> = {};
    for (const [name, values] of columns) row[name] = values[i];
    rows.push(row);
  }
  return rows as Row[];
}

/** The format behind `rowsFromColumns`; both drivers ask for it. */
export const ROW_FORMAT = 'JSONColumns';

/** How values are written in it: 64-bit integers and decimals as numbers, NaN and infinities as null. */
export const ROW_FORMAT_SETTINGS = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_64bit_floats: 0,
  output_format_json_quote_decimals: 0,
  output_format_json_quote_denormals: 0,
} as const;
