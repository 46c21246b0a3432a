const [SEED_A, SEED_B] = [0x6c616265, 0x6c73];

/**
 * A number of 53 bits of the bytes between two places, four at a time: the labels of each sample are looked up by it, hundreds of thousands of times a second. The
 * same lanes and finalisers as `hashOf` of texts has (events/ids/hash.ts).
 */
export function hashOfBytes(view: DataView, from: number, to: number): number {
  let a = SEED_A ^ (to - from);
  let b = SEED_B;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word = view.getInt32(at, true);
    a = Math.imul(a ^ word, 0x9e3779b1);
    b = Math.imul(b ^ word, 0x5f356495);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  for (; at < to; at++) {
    const byte = view.getUint8(at);
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
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
  return (a >>> 0) * 2_097_152 + (b >>> 11);
}
