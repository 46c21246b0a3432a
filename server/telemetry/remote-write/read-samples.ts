import protobuf from 'protobufjs';
import { TiltmeterError } from '../../../contract/errors.ts';
import { STALE } from './protocol.ts';
import type { SentSamples } from './sent-series.ts';

/** Where in a message of a series what lies. */
export interface SeriesFields {
  /** Where labels must stand before all else, since a series is known by what it begins with. */
  readonly labelsFirst?: number;
  readonly samples: number;
  readonly histograms: number;
}

const VALUE = (1 << 3) | 1;
const TIMESTAMP = 2 << 3;
const LENGTH = 2;
const NONE: ReadonlySet<number> = new Set();
export const NO_HISTOGRAMS: readonly Buffer[] = [];

const ONLY_STALE: ReadonlySet<number> = new Set([0]);
/** A moment has seven bytes, of seven bits each, for some thousand years to come. */
const LAST_SCALE = 2 ** 42;

/**
 * The samples of a series of which one lies there, and nothing else, as most senders write nearly all of theirs; undefined where it takes `readSamples` to
 * say. Four times as fast as a reader, which is made anew for each.
 */
export function onlySample(
  view: DataView,
  from: number,
  to: number,
  { samples }: SeriesFields,
): SentSamples | undefined {
  let at = from + 2;
  if (at > to || view.getUint8(from) !== ((samples << 3) | LENGTH) || view.getUint8(from + 1) !== to - at)
    return undefined;
  let value = 0;
  let stale = NONE;
  // A value of 0 is not written.
  if (at + 9 <= to && view.getUint8(at) === VALUE) {
    value = view.getFloat64(at + 1, true);
    if (view.getUint32(at + 5, true) === STALE.high && view.getUint32(at + 1, true) === STALE.low)
      stale = ONLY_STALE;
    at += 9;
  }
  if (at >= to || view.getUint8(at) !== TIMESTAMP) return undefined;
  let time = 0;
  for (let scale = 1; ; scale *= 128) {
    if (++at >= to || scale > LAST_SCALE) return undefined;
    const byte = view.getUint8(at);
    time += (byte & 127) * scale;
    if (byte < 128) break;
  }
  return at + 1 === to ? { times: [time], values: [value], stale, histograms: NO_HISTOGRAMS } : undefined;
}

/** The samples of a series, which lie alike in both versions: value 1, moment 2. Errors: invalid_telemetry. */
export function readSamples(body: Buffer, from: number, to: number, fields: SeriesFields): SentSamples {
  const times: number[] = [];
  const values: number[] = [];
  const ends: number[] = [];
  const histograms: Buffer[] = [];
  let labelled = false;
  const reader = protobuf.Reader.create(body.subarray(from, to));
  readable(() => {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      if (tag >>> 3 !== fields.labelsFirst) labelled = true;
      else if (labelled)
        throw new TiltmeterError('invalid_telemetry', 'a label of a series stands behind its samples');
      if (tag === ((fields.samples << 3) | LENGTH)) {
        const end = reader.uint32() + reader.pos;
        if (end > reader.len) throw new RangeError('a sample ends beyond its series');
        let [value, time] = [0, 0];
        while (reader.pos < end) {
          const part = reader.uint32();
          if (part === VALUE) {
            if (isStale(body, from + reader.pos)) ends.push(values.length);
            value = reader.double();
          } else if (part === TIMESTAMP) time = whole(reader);
          else reader.skipType(part & 7);
        }
        times.push(time);
        values.push(value);
      } else if (tag === ((fields.histograms << 3) | LENGTH)) {
        const length = reader.uint32();
        const begin = from + reader.pos;
        reader.skip(length);
        histograms.push(body.subarray(begin, begin + length));
      } else reader.skipType(tag & 7);
    }
  });
  return { times, values, stale: ends.length === 0 ? NONE : new Set(ends), histograms };
}

/** Runs what reads a part of a body, in which a broken one is a failure of that part alone. Errors: invalid_telemetry. */
export function readable<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TiltmeterError) throw error;
    throw new TiltmeterError('invalid_telemetry', 'the bytes of a series cannot be read', { cause: error });
  }
}

/** Whether the eight bytes there are the NaN that ends a series. */
export function isStale(body: Buffer, at: number): boolean {
  return (
    at + 8 <= body.length && body.readUInt32LE(at + 4) === STALE.high && body.readUInt32LE(at) === STALE.low
  );
}

/** A signed number of 64 bits, as near as a double comes to it. */
function whole(reader: protobuf.Reader): number {
  const value = reader.int64() as unknown as number | { readonly low: number; readonly high: number };
  return typeof value === 'number' ? value : value.high * 4_294_967_296 + (value.low >>> 0);
}
