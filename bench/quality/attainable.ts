/** The coverages of some intervals that are next to 95 %. */
export interface Attainable {
  readonly below: number;
  readonly above: number;
}

const WANTED = 0.95;
const GOAL = { least: 0.92, most: 0.98 };
/** What is rarer changes no digit that is told. */
const NEVER = 1e-7;
const MANY = 12;

/**
 * A figure has some values, each with its chance. An interval that is made of the figure alone holds the truth with some of them and not with
 * others: the sums of chances next to 95 %. Of more than twelve values sums of about any size can be made.
 * @example attainable([0.74, 0.25, 0.01]) // { below: 0.75, above: 0.99 }
 */
export function attainable(chances: readonly number[]): Attainable {
  const likely = chances.filter((chance) => chance > NEVER).toSorted((a, b) => b - a);
  if (likely.length > MANY) return { below: WANTED, above: WANTED };
  let sums = new Set([0]);
  for (const chance of likely) sums = new Set([...sums, ...[...sums].map((sum) => sum + chance)]);
  const all = [...sums];
  return {
    below: Math.max(...all.filter((sum) => sum <= WANTED)),
    above: Math.min(...all.filter((sum) => sum > WANTED), 1),
  };
}

export function inGoal({ below, above }: Attainable): boolean {
  return below >= GOAL.least || above <= GOAL.most;
}
