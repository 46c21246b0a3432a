import { type Random, randomInteger, shuffle } from '../random.ts';

/** Which features have the value of the row that is explained; the others have those of the background. */
export type Coalition = readonly boolean[];

/** A coalition and the weight that its value has in the regression. */
export interface WeightedCoalition {
  readonly present: Coalition;
  readonly weight: number;
}

export interface CoalitionOptions {
  /** Coalitions, neither the empty nor the whole one, at most. */
  readonly most: number;
  readonly random: Random;
}

/**
 * The coalitions that KernelSHAP asks a model for: all of them where there are no more than `most`, which makes its values exact; else
 * whole sizes from the outside in (one feature alone, all but one, two …), as far as they fit, and of the rest a sample in
 * complementary pairs, which bears their weight. Weights of the Shapley kernel, summing to 1. Fewer than two features have none.
 * Source: Lundberg and Lee 2017; the shap package's `KernelExplainer`.
 * @example coalitionsOf(2, { most: 10, random }).length // 2
 */
export function coalitionsOf(features: number, { most, random }: CoalitionOptions): WeightedCoalition[] {
  const sizes = Math.ceil((features - 1) / 2);
  const kernel = Array.from({ length: sizes }, (_, i) => kernelOf(features, i + 1));
  const whole = kernel.reduce((sum, weight) => sum + weight, 0);
  const made: WeightedCoalition[] = [];
  for (let size = 1; size <= sizes; size++) {
    const both = size !== features - size;
    const n = binomial(features, size) * (both ? 2 : 1);
    if (made.length + n > most)
      return [...made, ...sampled(features, size, kernel, most - made.length, whole, random)];
    for (const members of subsets(features, size)) {
      const present = presence(features, members);
      const weight = kernel[size - 1]! / whole / n;
      made.push({ present, weight });
      if (both) made.push({ present: present.map((one) => !one), weight });
    }
  }
  return made;
}

/** The weight that all coalitions of a size and of its complement have together. */
function kernelOf(features: number, size: number): number {
  return ((features - 1) / (size * (features - size))) * (size === features - size ? 1 : 2);
}

/** Coalitions of the sizes from `first` on, drawn by the weight of their size; the same one drawn again weighs more. */
function sampled(
  features: number,
  first: number,
  kernel: readonly number[],
  most: number,
  whole: number,
  random: Random,
): WeightedCoalition[] {
  const rest = kernel.slice(first - 1);
  const left = rest.reduce((sum, weight) => sum + weight, 0);
  const drawn = new Map<string, { present: Coalition; times: number }>();
  let draws = 0;
  for (let tries = 0; tries < 4 * most && drawn.size + 2 <= most; tries++) {
    let at = random() * left;
    let size = first;
    while (size < first + rest.length - 1 && at >= rest[size - first]!) at -= rest[size++ - first]!;
    const order = Array.from({ length: features }, (_, i) => i);
    shuffle(order, random);
    const own = randomInteger(random, 2) === 0 ? order.slice(0, size) : order.slice(size);
    const present = presence(features, own);
    for (const one of [present, present.map((member) => !member)]) {
      const key = one.map(Number).join('');
      const known = drawn.get(key) ?? { present: one, times: 0 };
      known.times++;
      draws++;
      drawn.set(key, known);
    }
  }
  return [...drawn.values()].map(({ present, times }) => ({
    present,
    weight: ((left / whole) * times) / draws,
  }));
}

function presence(features: number, members: readonly number[]): boolean[] {
  const present = new Array<boolean>(features).fill(false);
  for (const member of members) present[member] = true;
  return present;
}

function* subsets(n: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= n - size; first++)
    for (const rest of subsets(n, size - 1, first + 1)) yield [first, ...rest];
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return Math.round(value);
}

/**
 * What each feature adds to the answer for a row, from what the model answered to coalitions (each the mean over the background): the
 * weighted least squares whose values add up to `answer` − `base`. Exact Shapley values where all coalitions were asked for. In
 * the unit of the answer. One feature bears the whole difference. `values`: in step with the coalitions.
 * Source: Lundberg and Lee 2017, theorem 2.
 * @example kernelShap(coalitions, values, { base: 0.2, answer: 0.7 }) // [0.4, 0.1]
 */
export function kernelShap(
  coalitions: readonly WeightedCoalition[],
  values: readonly number[],
  { base, answer }: { readonly base: number; readonly answer: number },
): number[] {
  const features = coalitions[0]?.present.length ?? 1;
  const difference = answer - base;
  if (features === 1) return [difference];
  // The last feature bears what the others leave, so that all add up.
  const n = features - 1;
  const normal = Array.from({ length: n }, () => new Float64Array(n + 1));
  for (const [i, { present, weight }] of coalitions.entries()) {
    const last = Number(present[n]);
    const row = present.slice(0, n).map((one) => Number(one) - last);
    const target = values[i]! - base - last * difference;
    for (const [a, x] of row.entries()) {
      if (x === 0) continue;
      for (const [b, y] of row.entries()) normal[a]![b]! += weight * x * y;
      normal[a]![n]! += weight * x * target;
    }
  }
  const own = solved(normal);
  return [...own, difference - own.reduce((sum, value) => sum + value, 0)];
}

/** Gauss–Jordan with pivots; a direction that no coalition tells of gets 0. */
function solved(rows: Float64Array[]): number[] {
  const n = rows.length;
  const order = rows.map((_, i) => i);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const by = rows[column]![column]!;
    if (Math.abs(by) < 1e-12) continue;
    for (let j = column; j <= n; j++) rows[column]![j]! /= by;
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![column]!;
      if (i === column || factor === 0) continue;
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * rows[column]![j]!;
    }
  }
  return order.map((i) => (Math.abs(rows[i]![i]! - 1) < 1e-9 ? rows[i]![n]! : 0));
}
