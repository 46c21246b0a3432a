/** Fewer numbers are sorted by comparing. */
const FEW = 1500;
/** More numbers that agree in their upper half are sorted by comparing too. */
const MANY_ALIKE = 24;
const BITS = 11;
const SIZE = 1 << BITS;

/** What is sorted into in turns; kept for the next column. */
let paper = new Float64Array(0);

/**
 * Sorts finite numbers in their place, ascending, as `sort` does: by their upper halves, eleven bits at a time, and then
 * those apart that differ in the lower half alone. Several times faster for many.
 */
export function sortNumbers(numbers: Float64Array): Float64Array {
  if (numbers.length < FEW) return numbers.sort();
  let from: Float64Array = numbers;
  if (paper.length < numbers.length) paper = new Float64Array(numbers.length);
  let to: Float64Array = paper.subarray(0, numbers.length);
  for (const shift of [0, BITS, 2 * BITS]) {
    spread(from, to, shift);
    [from, to] = [to, from];
  }
  numbers.set(from);
  return mendAlike(numbers);
}

/** One pass: numbers in the order of some bits of their upper half, those alike in the order in which they stood. */
function spread(from: Float64Array, to: Float64Array, shift: number): void {
  const words = new Int32Array(from.buffer, from.byteOffset, 2 * from.length);
  const places = new Int32Array(SIZE);
  for (let i = 1; i < words.length; i += 2) places[(keyOf(words[i]!) >>> shift) & (SIZE - 1)]!++;
  let before = 0;
  for (let key = 0; key < SIZE; key++) {
    const count = places[key]!;
    places[key] = before;
    before += count;
  }
  for (let i = 0; i < from.length; i++) {
    const key = (keyOf(words[2 * i + 1]!) >>> shift) & (SIZE - 1);
    to[places[key]!++] = from[i]!;
  }
}

/** The upper half of a double as bits that rise with the number: negative ones are turned over. */
function keyOf(word: number): number {
  return word < 0 ? ~word : word | 0x80000000;
}

/** Numbers whose upper halves are in order, sorted. */
function mendAlike(numbers: Float64Array): Float64Array {
  for (let i = 1; i < numbers.length; i++) {
    const x = numbers[i]!;
    if (!isBefore(x, numbers[i - 1]!)) continue;
    let at = i;
    const least = Math.max(0, i - MANY_ALIKE);
    while (at > least && isBefore(x, numbers[at - 1]!)) at--;
    if (at === least && at > 0) return numbers.sort();
    numbers.copyWithin(at + 1, at, i);
    numbers[at] = x;
  }
  return numbers;
}

/** As `sort` has it, where −0 stands before 0. */
function isBefore(a: number, b: number): boolean {
  return a < b || (a === 0 && b === 0 && Object.is(a, -0) && !Object.is(b, -0));
}
