/** A source of randomness: each call returns the next number in [0, 1). */
export type Random = () => number;

/**
 * A small seeded generator (sfc32, 128 bits of state, period at least 2³², passes PractRand).
 * The same seed gives the same numbers everywhere. Not for secrets.
 * Source: Chris Doty-Humphrey, PractRand; seeding by splitmix32.
 * @example const next = random(7); next() === random(7)() // true
 */
export function random(seed: number): Random {
  let mixed = seed | 0;
  const word = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed ^ (mixed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = word();
  let b = word();
  let c = word();
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/**
 * A standard normal number (mean 0, variance 1) by the Box–Muller transform; uses two numbers of the generator.
 */
export function randomNormal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** A whole number in [0, n). */
export function randomInteger(next: Random, n: number): number {
  return Math.floor(next() * n);
}

/** Shuffles in place (Fisher–Yates) and returns the same array. */
export function shuffle<T extends { length: number; [index: number]: number }>(items: T, next: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInteger(next, i + 1);
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
  return items;
}
