import type { Categories } from '../../tables/columns/text-column.ts';
import type { CountPlan } from '../count.ts';
import { LONGEST_CATEGORY } from '../survey-sql.ts';

/** A category and its rows. */
export type CountedText = readonly [name: string, count: number];

/** What a text stands for, as `categoryOf` has it in SQL: booleans read the same however they are spelt, long texts are cut; null: itself. */
export function meaningOf({ type, clipped: cut }: CountPlan): ((text: string) => string) | null {
  if (type === 'boolean') return (text) => text.toLowerCase().replace(/\.0$/, '');
  return cut ? clipped : null;
}

/** The beginning of a text by which long ones are told apart. */
export function clipped(text: string): string {
  return text.length <= LONGEST_CATEGORY ? text : [...text].slice(0, LONGEST_CATEGORY).join('');
}

/** Rows of each category, in the order of their first appearance. */
export function countedTexts(
  { texts, counts, unique }: Pick<Categories, 'texts' | 'counts' | 'unique'>,
  meaning: ((text: string) => string) | null,
): CountedText[] {
  const pairs = texts
    .map((text, entry): CountedText => [text, counts[entry]!])
    .filter(([text]) => text !== '');
  if (meaning === null && unique) return pairs;
  const all = new Map<string, number>();
  for (const [text, count] of pairs) {
    const name = meaning === null ? text : meaning(text);
    all.set(name, (all.get(name) ?? 0) + count);
  }
  return [...all];
}

/** The most frequent, at most so many, the most frequent first. */
export function mostFrequent(counted: readonly CountedText[], most: number): CountedText[] {
  const least =
    counted.length <= most
      ? 0
      : Uint32Array.from(counted, ([, count]) => count).sort()[counted.length - most]!;
  return counted
    .filter(([, count]) => count >= least)
    .sort((a, b) => b[1] - a[1])
    .slice(0, most);
}
