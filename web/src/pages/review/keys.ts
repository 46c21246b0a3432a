/** What a key does. */
export type Deed =
  | { readonly do: 'answer'; readonly label: string | number | string[] }
  | { readonly do: 'skip' | 'next' | 'previous' };

/** What a pressed key asks for: 1 to 9 for the classes in their order, s, j, k; null for any other. Pure. `deedOf('2', ['a', 'b'])` → answer b */
export function deedOf(key: string, classes: readonly string[]): Deed | null {
  if (key === 's') return { do: 'skip' };
  if (key === 'j') return { do: 'next' };
  if (key === 'k') return { do: 'previous' };
  if (!/^[1-9]$/.test(key)) return null;
  const label = classes[Number(key) - 1];
  return label === undefined ? null : { do: 'answer', label };
}

/** A typed answer as it is sent; null where it is none. `typedAnswer(' 12,5 ', 'number')` → 12.5 */
export function typedAnswer(
  text: string,
  as: 'class' | 'number' | 'items',
): string | number | string[] | null {
  const given = text.trim();
  if (as === 'items') return given === '' ? [] : given.split(',').map((item) => item.trim());
  if (given === '') return null;
  if (as === 'class') return given;
  const number = Number(given.replace(/^([+-]?\d+),(\d+)$/, '$1.$2'));
  return Number.isFinite(number) ? number : null;
}
