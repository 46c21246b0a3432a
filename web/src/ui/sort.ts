/** Which column a table is sorted by, and which way. As text, in a URL: `score:desc`. */
export interface Sort {
  readonly by: string;
  readonly way: 'asc' | 'desc';
}

/** `readSort('score:desc')` → `{ by: 'score', way: 'desc' }`; undefined for nothing and for nonsense. */
export function readSort(text: string | undefined): Sort | undefined {
  const found = /^(.+):(asc|desc)$/s.exec(text ?? '');
  return found === null ? undefined : { by: found[1]!, way: found[2] as Sort['way'] };
}

export function sortText({ by, way }: Sort): string {
  return `${by}:${way}`;
}

/** What a click on a head means: `first` way, then the other, then the table's own order. */
export function nextSort(now: Sort | undefined, by: string, first: Sort['way'] = 'asc'): Sort | undefined {
  if (now?.by !== by) return { by, way: first };
  return now.way === first ? { by, way: first === 'asc' ? 'desc' : 'asc' } : undefined;
}

export type SortValue = number | string | null | undefined;

let texts: Intl.Collator | undefined;

/** As people sort: `a2` before `A10`. The order is made for the first list that is sorted by texts, which takes a while. */
function byText(a: string, b: string): number {
  texts ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return texts.compare(a, b);
}

/** A sorted copy; rows without a value come last either way, equal ones keep their order. */
export function sorted<T>(rows: readonly T[], value: (row: T) => SortValue, way: Sort['way']): T[] {
  const sign = way === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: value(row) ?? null }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value);
      return sign * byText(String(a.value), String(b.value));
    })
    .map(({ row }) => row);
}
