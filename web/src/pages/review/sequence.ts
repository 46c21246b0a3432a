import type { ReviewItem } from '../../api/types.ts';

/** What was done here since the page was opened, the oldest first. */
export type Trail = readonly { readonly item: ReviewItem; readonly said: string }[];

/** The items in the order in which one goes through them: what was done here, then what waits. Pure. */
export function sequenceOf(trail: Trail, waiting: readonly ReviewItem[]): ReviewItem[] {
  const over = new Set(trail.map(({ item }) => item.id));
  return [...trail.map(({ item }) => item), ...waiting.filter(({ id }) => !over.has(id))];
}

/** The one that is looked at: the chosen one while it is there, else the first that waits. Pure. */
export function currentOf(
  all: readonly ReviewItem[],
  trail: Trail,
  chosen: string | null,
): ReviewItem | null {
  return all.find(({ id }) => id === chosen) ?? all[trail.length] ?? null;
}

/** The one that many steps further, or back; null at the end. Pure. */
export function stepFrom(all: readonly ReviewItem[], current: ReviewItem | null, by: 1 | -1): string | null {
  const at = all.findIndex(({ id }) => id === current?.id);
  return at < 0 ? null : (all[at + by]?.id ?? null);
}

/** The trail with what was just done: done anew, it keeps its place. Pure. */
export function withDone(trail: Trail, item: ReviewItem, said: string): Trail {
  return trail.some((one) => one.item.id === item.id)
    ? trail.map((one) => (one.item.id === item.id ? { item, said } : one))
    : [...trail, { item, said }];
}
