/** What stands for "nothing": what pandas takes for missing, the blank, and the null of database dumps. */
export const MISSING_WORDS: ReadonlySet<string> = new Set([
  '',
  '#N/A',
  '#NA',
  '-NaN',
  '-nan',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  '\\N',
  'n/a',
  'nan',
  'null',
]);

/** Around a value these mean nothing. */
export const BLANKS = ' \t';

/** A cell without the blanks around it. `trimmed(' FR\t')` → 'FR' */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && BLANKS.includes(text[from]!)) from++;
  while (to > from && BLANKS.includes(text[to - 1]!)) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** A cell's text without the blanks around it, whatever JSON had it as; null when there is none. */
export function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return trimmed(cell);
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
