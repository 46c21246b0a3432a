type Cell = number | string | boolean | null | undefined;

/** What makes a spreadsheet take a text for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One record of a CSV file (RFC 4180), with its line end. A text that a spreadsheet would run as a formula gets an
 * apostrophe in front; numbers keep their sign.
 * `csvRecord([-1, 'a,b', '=1+1', null])` → `-1,"a,b",'=1+1,\r\n`
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) && !isNumber(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
}
