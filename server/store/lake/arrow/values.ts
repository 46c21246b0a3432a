import {
  type Data,
  type DataType,
  Dictionary,
  Field,
  Int32,
  Map_,
  makeData,
  makeVector,
  Struct,
  Uint64,
  Utf8,
} from 'apache-arrow';

/** A map of one row, as a Map or as a plain object. */
export type Entries<Key, Value> = ReadonlyMap<Key, Value> | Readonly<Record<string, Value>>;

export interface Validity {
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

/** One bit per row, set where there is a value. */
export function validity(rows: number, isNull: (row: number) => boolean): Validity {
  let nullCount = 0;
  const nullBitmap = new Uint8Array((rows + 7) >> 3);
  for (let i = 0; i < rows; i++) {
    if (isNull(i)) nullCount++;
    else nullBitmap[i >> 3]! |= 1 << (i & 7);
  }
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap };
}

/** Plain doubles and where they are missing. */
export function numbers(
  values: Float64Array | readonly (number | null)[],
  nulls: Uint8Array | undefined,
): { values: Float64Array; validity: Validity } {
  if (values instanceof Float64Array)
    return { values, validity: nulls ? validity(values.length, (i) => nulls[i] === 1) : { nullCount: 0 } };
  const plain = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) plain[i] = values[i] ?? 0;
  return {
    values: plain,
    validity: validity(values.length, (i) => values[i] === null || nulls?.[i] === 1),
  };
}

/** Doubles as 64-bit integers, in two halves: BigInt per value would cost more than all the rest. */
export function wholeNumbers(values: Float64Array): BigInt64Array<ArrayBuffer> {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const high = Math.floor(values[i]! / 4_294_967_296);
    halves[2 * i] = values[i]! - high * 4_294_967_296;
    halves[2 * i + 1] = high;
  }
  return new BigInt64Array(halves.buffer);
}

/** Counts as UInt64. */
export function countData(values: number[]): Data<Uint64> {
  const data = new BigUint64Array(wholeNumbers(Float64Array.from(values)).buffer);
  return makeData({ type: new Uint64(), length: values.length, data });
}

const encoder = new TextEncoder();

/** The first `rows` texts, absent ones as empty. One encode for all; offsets from their lengths where all is ASCII, as ids are. */
export function textData(texts: readonly (string | undefined)[], rows = texts.length): Data<Utf8> {
  const joined = texts.length === rows ? texts.join('') : texts.slice(0, rows).join('');
  const data = encoder.encode(joined);
  const ascii = data.length === joined.length;
  const valueOffsets = new Int32Array(rows + 1);
  let end = 0;
  for (let i = 0; i < rows; i++) {
    const text = texts[i];
    if (text !== undefined) end += ascii ? text.length : Buffer.byteLength(text, 'utf8');
    valueOffsets[i + 1] = end;
  }
  return makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets, data });
}

/** Texts one after the other, for columns where most differ. */
export function plainText(values: readonly (string | null)[]): Data<Utf8> {
  if (!values.includes(null)) return textData(values as readonly string[]);
  const text = textData(values.map((value) => value ?? ''));
  return makeData({
    type: text.type,
    length: values.length,
    valueOffsets: text.valueOffsets,
    data: text.values,
    ...validity(values.length, (i) => values[i] === null),
  });
}

/** Each different text once, and a number per row. `id` is the dictionary's own in its stream. */
export function dictionaryText(values: readonly (string | null)[], id: number): Data {
  const codes = new Map<string, number>();
  const indices = new Int32Array(values.length);
  let nulls = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === null) {
      nulls = true;
      continue;
    }
    let code = codes.get(value);
    if (code === undefined) {
      code = codes.size;
      codes.set(value, code);
    }
    indices[i] = code;
  }
  const where = nulls ? validity(values.length, (i) => values[i] === null) : { nullCount: 0 };
  return dictionaryData(indices, [...codes.keys()], where, id);
}

/** Texts by their number. An Arrow dictionary must hold at least one text, even when every row is NULL. */
export function dictionaryData(
  indices: Int32Array,
  texts: readonly string[],
  where: Validity,
  id?: number,
): Data {
  return makeData({
    type: new Dictionary(new Utf8(), new Int32(), id),
    length: indices.length,
    data: indices,
    dictionary: makeVector(textData(texts.length === 0 ? [''] : texts)),
    ...where,
  });
}

/** Maps of all rows as one list of keys and one of values. */
export function mapOf<Key extends string | number, Value>(
  rows: readonly (Entries<Key & string, Value> | ReadonlyMap<Key, Value> | null)[],
  keyData: (keys: Key[]) => Data,
  valueData: (values: Value[]) => Data,
): Data {
  const keys: Key[] = [];
  const values: Value[] = [];
  const valueOffsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const entries = row instanceof Map ? row : row === null || row === undefined ? [] : Object.entries(row);
    for (const [key, value] of entries as Iterable<[Key, Value]>) {
      keys.push(key);
      values.push(value);
    }
    valueOffsets[i + 1] = keys.length;
  }
  const key = keyData(keys);
  const value = valueData(values);
  const entry = new Struct<{ key: DataType; value: DataType }>([
    new Field('key', key.type, false),
    new Field('value', value.type, true),
  ]);
  const child = makeData({ type: entry, length: keys.length, nullCount: 0, children: [key, value] });
  return makeData({
    type: new Map_(new Field('entries', entry, false)),
    length: rows.length,
    nullCount: 0,
    valueOffsets,
    child,
  });
}
