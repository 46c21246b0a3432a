import type { NewEscalation } from '../../../contract/escalation.ts';

/**
 * The way by which an escalation leads back to itself, by id; null when it does not. Pure.
 * Example: a hands over to b, and b to a → `['a', 'b', 'a']`
 */
export function loopFrom(
  id: string,
  escalations: ReadonlyMap<string, Pick<NewEscalation, 'steps'>>,
): string[] | null {
  const seen = new Set<string>();
  const ways: string[][] = [[id]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const targets = escalations.get(way.at(-1)!)?.steps.flatMap(({ to }) => to) ?? [];
    for (const target of targets) {
      if (!('escalation' in target)) continue;
      const next = target.escalation;
      if (next === id) return [...way, id];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}
