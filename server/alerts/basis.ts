import type { Rules } from './decide.ts';

/**
 * What a series is judged by, as one text: what was judged by another is not judged again by this one.
 * `basisOf('psi@1', 'ref1', { threshold: 0.1 }, rules)` → `psi@1 ref1 threshold=0.1 2/3 3 24`
 */
export function basisOf(
  definition: string,
  comparedWith: string,
  settings: Readonly<Record<string, string | number>>,
  { m, n, keepOpen, silentFor }: Rules,
): string {
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return [definition, comparedWith, ...set, `${m}/${n}`, keepOpen, silentFor].join(' ');
}
