/** Bins that the categories without a bin of their own are spread over. */
export const SLOTS = 10;

/**
 * Which of the `SLOTS` bins a category belongs to: by its name alone, so that no sample's luck has a part in it; with many
 * categories the bins are of about equal share. The engine computes the same as `CRC32(name) % 10`.
 * @param slots how many there are: 10, 5, 2 or 1.
 * @example categorySlot('a') // 7
 */
export function categorySlot(name: string, slots = SLOTS): number {
  return (crc32(name) % SLOTS) % slots;
}

/** Values a slot has to hold for a share to be told of it. */
const SLOT_ROWS = 10;

/** How many slots so many values can fill: 10, 5, 2 or 1, into which the ten fold evenly. */
export function slotsFor(values: number): number {
  return [10, 5, 2].find((slots) => values >= SLOT_ROWS * slots) ?? 1;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const encoder = new TextEncoder();

/** CRC-32 of the text's UTF-8, as zlib and the engine have it (ISO 3309). */
function crc32(text: string): number {
  let value = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return crc32Of(encoder.encode(text));
    value = (value >>> 8) ^ TABLE[(value ^ code) & 0xff]!;
  }
  return (value ^ 0xffffffff) >>> 0;
}

function crc32Of(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff]!;
  return (value ^ 0xffffffff) >>> 0;
}
