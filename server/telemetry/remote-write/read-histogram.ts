import protobuf from 'protobufjs';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Long64 } from '../otlp/messages.ts';
import { fieldsOf } from '../otlp/walk.ts';
import { isStale, readable } from './read-samples.ts';

/** A histogram of both versions, as prometheus/prompb numbers its fields. */
const HISTOGRAM = protobuf
  .parse(`
syntax = "proto3";
message BucketSpan { sint32 offset = 1; uint32 length = 2; }
message Histogram {
  uint64 count_int = 1; double count_float = 2; double sum = 3; sint32 schema = 4; double zero_threshold = 5; uint64 zero_count_int = 6;
  double zero_count_float = 7; repeated BucketSpan negative_spans = 8; repeated sint64 negative_deltas = 9; repeated double negative_counts = 10;
  repeated BucketSpan positive_spans = 11; repeated sint64 positive_deltas = 12; repeated double positive_counts = 13; int32 reset_hint = 14;
  int64 timestamp = 15; repeated double custom_values = 16;
}
`)
  .root.lookupType('Histogram');

/** Buckets of a histogram. */
const MOST_BUCKETS = 1024;
const [COARSEST, FINEST, OWN_BOUNDS] = [-4, 8, -53];
/** Beyond it no bound is a number. */
const LAST_INDEX = 2 ** 20;
const SUM = 3;

interface Span {
  readonly offset: number;
  readonly length: number;
}

interface Message {
  readonly countInt: Long64;
  readonly countFloat: number;
  readonly sum: number;
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCountInt: Long64;
  readonly zeroCountFloat: number;
  readonly negativeSpans: readonly Span[];
  readonly negativeDeltas: readonly Long64[];
  readonly negativeCounts: readonly number[];
  readonly positiveSpans: readonly Span[];
  readonly positiveDeltas: readonly Long64[];
  readonly positiveCounts: readonly number[];
  readonly resetHint: number;
  readonly timestamp: Long64;
  readonly customValues: readonly number[];
}

/** A native histogram that was sent. */
export interface SentHistogram {
  /** Epoch milliseconds. */
  readonly time: number;
  /** It ends its series, and says nothing else. */
  readonly stale: boolean;
  readonly count: number;
  readonly sum: number;
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: SentBuckets;
  readonly negative: SentBuckets;
  readonly bounds: readonly number[];
  /** 1: it began anew before this one; 3: it is a level and counts nothing up. */
  readonly resetHint: number;
}

/** Indexes that rise, and the count of each. */
export interface SentBuckets {
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
}

/** Errors: invalid_telemetry, of this histogram alone. */
export function readHistogram(bytes: Buffer): SentHistogram {
  const message = readable(() => HISTOGRAM.decode(bytes) as unknown as Message);
  const { sum, schema, zeroThreshold, customValues: bounds, resetHint } = message;
  const time = whole(message.timestamp);
  const stale = Number.isNaN(sum) && ends(bytes);
  const own = schema === OWN_BOUNDS;
  if (!stale) requireSchema(schema, bounds, zeroThreshold);
  const positive = bucketsOf(message.positiveSpans, message.positiveDeltas, message.positiveCounts);
  const negative = bucketsOf(message.negativeSpans, message.negativeDeltas, message.negativeCounts);
  if (own && (negative.indexes.length > 0 || positive.indexes.some((i) => i < 0 || i > bounds.length)))
    throw invalid('has buckets beside the bounds of its own');
  const count = message.countFloat || whole(message.countInt);
  const zeroCount = message.zeroCountFloat || whole(message.zeroCountInt);
  if (!(count >= 0 && Number.isFinite(count) && zeroCount >= 0 && Number.isFinite(zeroCount)))
    throw invalid('has a count below nothing, or none at all');
  return { time, stale, count, sum, schema, zeroThreshold, zeroCount, positive, negative, bounds, resetHint };
}

const invalid = (what: string) => new TiltmeterError('invalid_telemetry', `a native histogram ${what}`);

/** Errors: invalid_telemetry. */
function requireSchema(schema: number, bounds: readonly number[], zeroThreshold: number): void {
  if (schema !== OWN_BOUNDS && !(schema >= COARSEST && schema <= FINEST))
    throw invalid(`has the schema ${schema}; known are ${COARSEST} to ${FINEST}, and ${OWN_BOUNDS}`);
  if (!(zeroThreshold >= 0 && Number.isFinite(zeroThreshold)))
    throw invalid('has a zero bucket without a width');
  if (bounds.length > MOST_BUCKETS)
    throw invalid(`has ${bounds.length} bounds of its own; it may have ${MOST_BUCKETS}`);
  if (bounds.some((bound, i) => !Number.isFinite(bound) || (i > 0 && bound <= bounds[i - 1]!)))
    throw invalid('has bounds of its own that do not rise');
}

/** Counts lie as differences from the one before (whole ones), or as they are; where each is, in spans of indexes. Errors: invalid_telemetry. */
function bucketsOf(
  spans: readonly Span[],
  deltas: readonly Long64[],
  counts: readonly number[],
): SentBuckets {
  const values = deltas.length > 0 ? summed(deltas) : counts;
  if (values.length > MOST_BUCKETS)
    throw invalid(`has ${values.length} buckets of one sign; it may have ${MOST_BUCKETS}`);
  if (spans.reduce((all, { length }) => all + length, 0) !== values.length)
    throw invalid(`has ${values.length} buckets in spans of another number`);
  if (values.some((value) => !(value >= 0 && Number.isFinite(value))))
    throw invalid('has a bucket with less than nothing in it');
  const indexes: number[] = [];
  let at = 0;
  for (const [i, { offset, length }] of spans.entries()) {
    if (i > 0 && offset < 0) throw invalid('has spans of buckets that overlap');
    at += offset;
    for (let n = 0; n < length; n++) indexes.push(at++);
  }
  if (indexes.some((index) => Math.abs(index) > LAST_INDEX)) throw invalid('has a bucket of no number');
  return { indexes, counts: values };
}

function summed(deltas: readonly Long64[]): number[] {
  let count = 0;
  return deltas.map((delta) => (count += whole(delta)));
}

/** 64 bits with a sign, as near as a double comes to them; 0 where nothing came. */
const whole = (value: Long64 | number): number =>
  typeof value === 'number' ? value : value.high * 4_294_967_296 + (value.low >>> 0);

/** Whether its sum is the NaN that ends a series: by its bytes, for a number that was read is any NaN. */
function ends(bytes: Buffer): boolean {
  for (const { number, from } of fieldsOf(bytes)) if (number === SUM && isStale(bytes, from)) return true;
  return false;
}
