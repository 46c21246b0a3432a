import type { ProfileHead } from '../../profiles/heads/profile-head.ts';

/** Versions count as answering beside one another while the newest buckets of both are no farther apart. */
const BESIDE_MS = 86_400_000;

/**
 * Whether a verdict may have changed: two versions answer at the same time, and profiles were written since the revision that
 * was looked at. Pure.
 */
export function verdictDue(
  head: Pick<ProfileHead, 'versions' | 'last' | 'revision'> | undefined,
  lookedAt: number | undefined,
): boolean {
  if (head === undefined || head.last === null || head.revision === lookedAt) return false;
  const recent = head.versions.filter(({ last }) => last >= head.last! - BESIDE_MS);
  return recent.length > 1;
}
