/** Values of a KLL sketch: each stands for `weight` values. */
export interface Quantiles {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly values: readonly { readonly value: number; readonly weight: number }[];
}

const NOTHING: Quantiles = { n: 0, min: Number.NaN, max: Number.NaN, values: [] };
const KLL_FAMILY = 15;
const FREQUENT_FAMILY = 10;
const EMPTY = 1;
const SINGLE = 4;

/**
 * A KLL sketch of doubles as Apache DataSketches serialises it (kll_sketch.hpp, serial versions 1 and 2, little-endian): 8 bytes of preamble; but for an
 * empty or a single-item one n, min k, the number of levels, where each level begins, min, max and the items. An item of level i stands for 2^i.
 * Errors: RangeError where it is none. `readKll(bytes).values` → [{ value: 1.5, weight: 2 }, …]
 */
export function readKll(bytes: Uint8Array): Quantiles {
  const view = viewOf(bytes, KLL_FAMILY);
  const flags = view.getUint8(3);
  if (flags & EMPTY) return NOTHING;
  if (flags & SINGLE) {
    const value = view.getFloat64(8, true);
    return { n: 1, min: value, max: value, values: [{ value, weight: 1 }] };
  }
  const n = Number(view.getBigUint64(8, true));
  const levels = view.getUint8(18);
  const begins = Array.from({ length: levels }, (_, i) => view.getUint32(24 + 4 * i, true));
  let at = 24 + 4 * levels;
  const [min, max] = [view.getFloat64(at, true), view.getFloat64(at + 8, true)];
  at += 16;
  const end = begins[0]! + (bytes.byteLength - at) / 8;
  const values: { value: number; weight: number }[] = [];
  for (const [level, begin] of begins.entries())
    for (let i = begin; i < (begins[level + 1] ?? end); i++, at += 8)
      values.push({ value: view.getFloat64(at, true), weight: 2 ** level });
  const weight = values.reduce((sum, each) => sum + each.weight, 0);
  if (weight !== n) throw new RangeError(`the KLL sketch counts ${n} values and holds ${weight}`);
  return { n, min, max, values };
}

/**
 * Frequent texts as Apache DataSketches serialises them (frequent_items_sketch.hpp, serial version 1): 8 bytes of preamble; but for an empty one how many
 * there are, all weight, the offset, the lower bound of each and the texts. Errors: RangeError where it is none.
 * `readFrequent(bytes).items.get('FR')` → 1250
 */
export function readFrequent(bytes: Uint8Array): { total: number; items: ReadonlyMap<string, number> } {
  const view = viewOf(bytes, FREQUENT_FAMILY);
  if (view.getUint8(0) === 1) return { total: 0, items: new Map() };
  const count = view.getUint32(8, true);
  const total = Number(view.getBigUint64(16, true));
  const items = new Map<string, number>();
  const decoder = new TextDecoder('utf-8', { fatal: false });
  let at = 32 + 8 * count;
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(at, true);
    const text = decoder.decode(bytes.subarray(at + 4, at + 4 + length));
    if (at + 4 + length > bytes.byteLength) throw new RangeError('the sketch of frequent items is cut off');
    items.set(text, Number(view.getBigUint64(32 + 8 * i, true)));
    at += 4 + length;
  }
  return { total, items };
}

function viewOf(bytes: Uint8Array, family: number): DataView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8 || view.getUint8(2) !== family)
    throw new RangeError('it is no sketch of this kind');
  return view;
}
