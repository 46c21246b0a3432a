/** Fewer numbers are sorted by comparing. */
const FEW = 1500;
/** More numbers that agree in their upper half are sorted by comparing too. */
const MANY_ALIKE = 24;
const BITS = 11;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

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
  for (const [turn, places] of placesOf(numbers).entries()) {
    spread(from, to, turn * BITS, places);
    [from, to] = [to, from];
  }
  numbers.set(from);
  return mendAlike(numbers);
}

/** Where the numbers of each key begin, of every turn. */
function placesOf(numbers: Float64Array): readonly Int32Array[] {
  const words = wordsOf(numbers);
  const low = new Int32Array(SIZE);
  const middle = new Int32Array(SIZE);
  const high = new Int32Array(SIZE);
  for (let i = 1; i < words.length; i += 2) {
    const key = keyOf(words[i]!);
    low[key & MASK]!++;
    middle[(key >>> BITS) & MASK]!++;
    high[key >>> (2 * BITS)]!++;
  }
  for (const places of [low, middle, high]) {
    let before = 0;
    for (let key = 0; key < SIZE; key++) {
      const count = places[key]!;
      places[key] = before;
      before += count;
    }
  }
  return [low, middle, high];
}

/** One turn: numbers in the order of some bits of their upper half, those alike in the order in which they stood. */
function spread(from: Float64Array, to: Float64Array, shift: number, places: Int32Array): void {
  const words = wordsOf(from);
  for (let i = 0; i < from.length; i++) {
    const key = (keyOf(words[2 * i + 1]!) >>> shift) & MASK;
    to[places[key]!++] = from[i]!;
  }
}

function wordsOf({ buffer, byteOffset, length }: Float64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
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
