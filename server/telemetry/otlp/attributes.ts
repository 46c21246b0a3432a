import type { AnyValue, KeyValue, Long64 } from './messages.ts';

/** Attributes of one record that are kept, characters of a key, and of a value: what is more is left out or cut, and counted. */
export const MOST_ATTRIBUTES = 128;
export const KEY_LENGTH = 256;
export const VALUE_LENGTH = 8192;

/** How much of records was left out, or cut. */
export interface Shortened {
  attributes: number;
}

/** Attributes as texts, by key; of a key that comes twice the last. The same texts as the OpenTelemetry Collector writes into ClickHouse. */
export function attributesOf(
  list: readonly KeyValue[] | undefined,
  shortened: Shortened,
): ReadonlyMap<string, string> {
  if (list === undefined || list.length === 0) return NONE;
  const attributes = new Map<string, string>();
  for (const { key, value } of list) {
    if (attributes.size >= MOST_ATTRIBUTES && !attributes.has(key)) shortened.attributes++;
    else attributes.set(cut(key, KEY_LENGTH, shortened), cut(textOf(value), VALUE_LENGTH, shortened));
  }
  return attributes;
}

export const NONE: ReadonlyMap<string, string> = new Map();

/** The beginning of a text, where it is longer than it may be. */
export function cut(text: string, most: number, shortened: Shortened): string {
  if (text.length <= most) return text;
  shortened.attributes++;
  return `${text.slice(0, most - 1)}…`;
}

/** A value as text: as it is, a number in decimals, bytes in base64, lists and maps as JSON. `textOf({ boolValue: true })` → 'true' */
export function textOf(value: AnyValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (has(value, 'stringValue')) return value.stringValue!;
  const plain = plainOf(value);
  return typeof plain === 'string' ? plain : (JSON.stringify(plain) ?? '');
}

/** A value as JSON has it; what is nested deeper than 100 was refused by the library. */
export function plainOf(value: AnyValue | null | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (has(value, 'stringValue')) return value.stringValue;
  if (has(value, 'boolValue')) return value.boolValue;
  if (has(value, 'intValue')) return wholeOf(value.intValue!);
  if (has(value, 'doubleValue'))
    return Number.isFinite(value.doubleValue) ? value.doubleValue : String(value.doubleValue);
  if (has(value, 'bytesValue')) return Buffer.from(value.bytesValue!).toString('base64');
  if (has(value, 'arrayValue')) return (value.arrayValue?.values ?? []).map(plainOf);
  if (has(value, 'kvlistValue'))
    return Object.fromEntries(
      (value.kvlistValue?.values ?? []).map(({ key, value }) => [key, plainOf(value)]),
    );
  return '';
}

/** Whether a field came: those that did not are defaults of the message's prototype. */
const has = <Key extends string>(message: object, key: Key): boolean => Object.hasOwn(message, key);

/** A signed number of 64 bits: as a number where it is one exactly, else in decimals. */
function wholeOf({ low, high }: Long64): number | string {
  const near = high * 4_294_967_296 + (low >>> 0);
  return Number.isSafeInteger(near) ? near : String((BigInt(high) << 32n) | BigInt(low >>> 0));
}

/** A signed number of 64 bits, as near as a double comes to it. */
export function signed({ low, high }: Long64): number {
  return high * 4_294_967_296 + (low >>> 0);
}

/** An unsigned number of 64 bits, as near as a double comes to it. */
export function unsigned({ low, high }: Long64): number {
  return (high >>> 0) * 4_294_967_296 + (low >>> 0);
}
