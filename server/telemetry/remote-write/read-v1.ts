import protobuf from 'protobufjs';
import { type Field, fieldsOf } from '../otlp/walk.ts';
import { hashOfBytes } from './label-hash.ts';
import type { MetricMetadata } from './metadata.ts';
import { partsOf } from './parts.ts';
import { METRIC_TYPES } from './protocol.ts';
import { onlySample, readable, readSamples } from './read-samples.ts';
import type { Label, SentRequest, SentSamples, SentSeries } from './sent-series.ts';

/** prometheus.WriteRequest: series 1, of labels 1, samples 2, histograms 4; metadata 3. */
const SERIES = 1;
const METADATA = 3;
const LABEL = 1;
const LABEL_TAG = (LABEL << 3) | 2;
const FIELDS = { labelsFirst: LABEL, samples: 2, histograms: 4 };

/** A request of version 1. Errors: body_too_large with more than `most` series, invalid_protobuf where its series cannot be told apart. */
export function readV1(body: Buffer, most: number): SentRequest {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const parts = partsOf(body, [SERIES, METADATA], most);
  return {
    series: {
      *[Symbol.iterator]() {
        for (const field of parts.get(SERIES)!) yield new SeriesV1(body, view, field);
      },
    },
    metadata: {
      *[Symbol.iterator]() {
        for (const field of parts.get(METADATA)!) yield metadataAt(body, field);
      },
    },
  };
}

/** One of hundreds of thousands a second: an object of five fields, and no more. */
class SeriesV1 implements SentSeries {
  readonly #body: Buffer;
  readonly #view: DataView;
  readonly #from: number;
  readonly #to: number;
  /** Where its labels end, once that is known. */
  #end = -1;

  constructor(body: Buffer, view: DataView, { from, to }: Field) {
    this.#body = body;
    this.#view = view;
    this.#from = from;
    this.#to = to;
  }

  get bytes(): number {
    return this.#to - this.#from;
  }

  key(): number {
    return hashOfBytes(this.#view, this.#from, this.#labelsEnd());
  }

  /** Errors: invalid_telemetry. */
  #labelsEnd(): number {
    if (this.#end < 0)
      this.#end =
        endOfPlainLabels(this.#view, this.#from, this.#to) ??
        readable(() => endOfLabels(this.#body, this.#from, this.#to));
    return this.#end;
  }

  labels(): Label[] {
    return readable(() => labelsAt(this.#body, this.#from, this.#to));
  }

  samples(): SentSamples {
    return (
      onlySample(this.#view, this.#labelsEnd(), this.#to, FIELDS) ??
      readSamples(this.#body, this.#from, this.#to, FIELDS)
    );
  }

  metadata(): undefined {
    return undefined;
  }
}

/** The same as `endOfLabels` by lengths of one or two bytes, which labels have; undefined where it takes a reader to say. */
function endOfPlainLabels(view: DataView, from: number, to: number): number | undefined {
  let at = from;
  while (at + 1 < to && view.getUint8(at) === LABEL_TAG) {
    let length = view.getUint8(at + 1);
    at += 2;
    if (length > 127) {
      const more = at < to ? view.getUint8(at++) : 128;
      if (more > 127) return undefined;
      length = (length & 127) | (more << 7);
    }
    at += length;
    if (at > to) return undefined;
  }
  return at;
}

/** Labels stand before all else; a series in which one follows is refused when its samples are read. */
function endOfLabels(body: Buffer, from: number, to: number): number {
  const reader = protobuf.Reader.create(body.subarray(from, to));
  let end = 0;
  while (reader.pos < reader.len && reader.uint32() === LABEL_TAG) {
    reader.skip(reader.uint32());
    end = reader.pos;
  }
  return from + end;
}

function labelsAt(body: Buffer, from: number, to: number): Label[] {
  const labels: Label[] = [];
  for (const field of fieldsOf(body, from, to)) {
    if (field.number !== LABEL || field.value !== undefined) continue;
    let [name, value] = ['', ''];
    for (const part of fieldsOf(body, field.from, field.to)) {
      if (part.value !== undefined) continue;
      if (part.number === 1) name = body.toString('utf8', part.from, part.to);
      if (part.number === 2) value = body.toString('utf8', part.from, part.to);
    }
    labels.push([name, value]);
  }
  return labels;
}

/** type 1, family 2, help 4, unit 5. */
function metadataAt(body: Buffer, { from, to }: Field): readonly [string, MetricMetadata] {
  let type = 0;
  const texts = new Map<number, string>();
  for (const field of fieldsOf(body, from, to)) {
    if (field.number === 1) type = field.value ?? 0;
    else if (field.value === undefined)
      texts.set(field.number, body.toString('utf8', field.from, Math.min(field.to, field.from + 2048)));
  }
  const family = texts.get(2) ?? '';
  return [family, { type: METRIC_TYPES[type] ?? '', help: texts.get(4) ?? '', unit: texts.get(5) ?? '' }];
}
