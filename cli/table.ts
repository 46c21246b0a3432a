/** Rows as aligned text columns, the header first. `table(['id'], [['a']])` → 'id\na' */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A number for people: four significant digits, `–` where there is none. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** `2012-07-01T00:00:00.000Z` → `2012-07-01 00:00` */
export function moment(time: string | null | undefined): string {
  return time === null || time === undefined ? '–' : time.slice(0, 16).replace('T', ' ');
}
