import protobuf from 'protobufjs';
import { TiltmeterError } from '../../../contract/errors.ts';
import { hashOf, seedOf } from '../../events/ids/hash.ts';
import { type Field, fieldsOf } from '../otlp/walk.ts';
import type { MetricMetadata } from './metadata.ts';
import { partsOf } from './parts.ts';
import { METRIC_TYPES } from './protocol.ts';
import { readable, readSamples } from './read-samples.ts';
import type { Label, SentRequest, SentSeries } from './sent-series.ts';

/** io.prometheus.write.v2.Request: symbols 4, series 5, of label references 1, samples 2, histograms 3, metadata 5. */
const SYMBOLS = 4;
const SERIES = 5;
const REFERENCES = 1;
const METADATA = 5;
const FIELDS = { samples: 2, histograms: 3 };
const SEED = seedOf('symbols');

/** A request of version 2, whose texts each stand once. Errors: body_too_large with more than `most` series, invalid_protobuf where its parts cannot be told apart. */
export function readV2(body: Buffer, most: number): SentRequest {
  const parts = partsOf(body, [SYMBOLS, SERIES], most);
  const symbols = new Symbols(body, parts.get(SYMBOLS)!);
  return {
    series: {
      *[Symbol.iterator]() {
        for (const { from, to } of parts.get(SERIES)!) yield seriesAt(body, from, to, symbols);
      },
    },
    metadata: [],
  };
}

/** The texts of a request, each decoded when it is first asked for, and hashed once. */
class Symbols {
  readonly #body: Buffer;
  readonly #places: readonly Field[];
  readonly #texts: (string | undefined)[] = [];
  readonly #hashes: Int32Array;
  readonly #hashed: Uint8Array;

  constructor(body: Buffer, places: readonly Field[]) {
    this.#body = body;
    this.#places = places;
    this.#hashes = new Int32Array(2 * places.length);
    this.#hashed = new Uint8Array(places.length);
  }

  /** Errors: invalid_telemetry where a reference leads nowhere. */
  text(reference: number): string {
    const place = this.#places[reference];
    if (place === undefined)
      throw new TiltmeterError(
        'invalid_telemetry',
        `a series refers to symbol ${reference} of ${this.#places.length}`,
      );
    this.#texts[reference] ??= this.#body.toString('utf8', place.from, place.to);
    return this.#texts[reference];
  }

  /** One number of a list of them, 53 bits. */
  hash(references: readonly number[]): number {
    let [a, b] = SEED as [number, number];
    for (const reference of references) {
      if (this.#hashed[reference] !== 1) {
        const own = hashOf(this.text(reference), SEED);
        [this.#hashes[2 * reference], this.#hashes[2 * reference + 1]] = own;
        this.#hashed[reference] = 1;
      }
      a = Math.imul(a ^ this.#hashes[2 * reference]!, 0x9e3779b1);
      b = Math.imul(b ^ this.#hashes[2 * reference + 1]!, 0x5f356495);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
    return (a >>> 0) * 2_097_152 + (b >>> 11);
  }
}

function seriesAt(body: Buffer, from: number, to: number, symbols: Symbols): SentSeries {
  let references: number[] | undefined;
  const refs = () => (references ??= readable(() => referencesAt(body, from, to)));
  return {
    bytes: to - from,
    key: () => symbols.hash(refs()),
    labels() {
      const labels: Label[] = [];
      const all = refs();
      if (all.length % 2 === 1)
        throw new TiltmeterError('invalid_telemetry', 'a series has a label without a value');
      for (let i = 0; i < all.length; i += 2) labels.push([symbols.text(all[i]!), symbols.text(all[i + 1]!)]);
      return labels;
    },
    samples: () => readSamples(body, from, to, FIELDS),
    metadata: () => readable(() => metadataAt(body, from, to, symbols)),
  };
}

/** Numbers that lie packed, or one by one. */
function referencesAt(body: Buffer, from: number, to: number): number[] {
  const references: number[] = [];
  const reader = protobuf.Reader.create(body.subarray(from, to));
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === REFERENCES << 3) references.push(reader.uint32());
    else if (tag === ((REFERENCES << 3) | 2)) {
      const end = reader.uint32() + reader.pos;
      if (end > reader.len) throw new RangeError('references end beyond their series');
      while (reader.pos < end) references.push(reader.uint32());
    } else reader.skipType(tag & 7);
  }
  return references;
}

/** type 1, help 3, unit 4; the texts as references. */
function metadataAt(body: Buffer, from: number, to: number, symbols: Symbols): MetricMetadata | undefined {
  for (const field of fieldsOf(body, from, to)) {
    if (field.number !== METADATA || field.value !== undefined) continue;
    const parts = new Map<number, number>();
    for (const { number, value } of fieldsOf(body, field.from, field.to)) parts.set(number, value ?? 0);
    return {
      type: METRIC_TYPES[parts.get(1) ?? 0] ?? '',
      help: symbols.text(parts.get(3) ?? 0),
      unit: symbols.text(parts.get(4) ?? 0),
    };
  }
  return undefined;
}
