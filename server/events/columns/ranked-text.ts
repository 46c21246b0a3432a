import type { RankedList } from '../../../contract/prediction.ts';

/**
 * A list of items as JSON of a map of their scores, in the order of their ranks: the higher score first, equal ones in the order
 * of the list, an item twice where it stands first. Without scores an item has the negative of its place.
 * `rankedText(['b', 'a'])` → '{"b":0,"a":-1}'
 */
export function rankedText(list: RankedList): string {
  const items = list.map((entry, place) => {
    const { item, score = -place } = typeof entry === 'object' ? entry : { item: entry };
    return { item: String(item), score };
  });
  const seen = new Set<string>();
  const ranked = items
    .sort((a, b) => b.score - a.score)
    .filter(({ item }) => !seen.has(item) && seen.add(item));
  // Not as an object: that would put keys that look like numbers first.
  return `{${ranked.map(({ item, score }) => `${JSON.stringify(item)}:${score}`).join(',')}}`;
}
