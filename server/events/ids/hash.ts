/** The hash of an id: two numbers of 32 bits. */
export type Hash = readonly [a: number, b: number];

/** Where the hashes of a table's ids begin, so that one id in two tables is two. */
export function seedOf(table: string): Hash {
  return [...hashOf(table, [0xdeadbeef | 0, 0x41c6ce57])];
}

const pair: [number, number] = [0, 0];

/**
 * Hash of a text in one pass over its UTF-16 units. The pair that it answers with is reused by the next call: no object is
 * made per row. Two lanes of a multiplicative hash (as in cyrb53, public domain) with finalisers that let every bit decide
 * about every other: `murmur3` (Appleby) and `lowbias32` (Wellons), both public domain.
 */
export function hashOf(text: string, seed: Hash): Hash {
  let a = seed[0];
  let b = seed[1];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    // high bits reach low ones, else two texts of equal length could never differ in those alone
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a ^= (b >>> 16) ^ (b << 9);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  a ^= a >>> 16;
  b = Math.imul(b ^ (b >>> 16), 0x7feb352d);
  b = Math.imul(b ^ (b >>> 15), 0x846ca68b) ^ a;
  b ^= b >>> 16;
  pair[0] = a | 0;
  pair[1] = b | 0;
  return pair;
}
