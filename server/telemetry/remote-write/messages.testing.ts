import protobuf from 'protobufjs';
import { compressSync } from 'snappy';

/** The messages of both versions as Prometheus writes them, for tests and benches. */
const PROTO = `
syntax = "proto3";
message WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3; }
message MetricMetadata { int32 type = 1; string metric_family_name = 2; string help = 4; string unit = 5; }
message Label { string name = 1; string value = 2; }
message Sample { double value = 1; int64 timestamp = 2; }
message BucketSpan { sint32 offset = 1; uint32 length = 2; }
message Histogram {
  uint64 count_int = 1; double count_float = 2; double sum = 3; sint32 schema = 4; double zero_threshold = 5; uint64 zero_count_int = 6;
  double zero_count_float = 7; repeated BucketSpan negative_spans = 8; repeated sint64 negative_deltas = 9; repeated double negative_counts = 10;
  repeated BucketSpan positive_spans = 11; repeated sint64 positive_deltas = 12; repeated double positive_counts = 13; int32 reset_hint = 14;
  int64 timestamp = 15; repeated double custom_values = 16;
}
message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; repeated Histogram histograms = 4; }
message Request { repeated string symbols = 4; repeated TimeSeries2 timeseries = 5; }
message Metadata { int32 type = 1; uint32 help_ref = 3; uint32 unit_ref = 4; }
message TimeSeries2 { repeated uint32 labels_refs = 1; repeated Sample samples = 2; repeated Histogram histograms = 3; Metadata metadata = 5; }
`;

const root = protobuf.parse(PROTO).root;

export const V1 = 'application/x-protobuf';
export const V2 = 'application/x-protobuf;proto=io.prometheus.write.v2.Request';

/** Labels in the order in which Prometheus has them, with samples of [epoch milliseconds, value]. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [time: number, value: number])[];
  /** Native ones, field by field. */
  readonly histograms?: readonly object[];
}

export function encoded(type: string, value: object): Buffer {
  const message = root.lookupType(type);
  return Buffer.from(message.encode(message.fromObject(value)).finish());
}

export const packed = (bytes: Uint8Array): Buffer => compressSync(Buffer.from(bytes)) as Buffer;

const sorted = (labels: Series['labels']) => Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
const samplesOf = ({ samples }: Series) => samples.map(([timestamp, value]) => ({ timestamp, value }));
const histogramsOf = ({ histograms = [] }: Series) => histograms;

export function writeRequest(series: readonly Series[], metadata: readonly object[] = []): Buffer {
  const timeseries = series.map((each) => ({
    labels: sorted(each.labels).map(([name, value]) => ({ name, value })),
    samples: samplesOf(each),
    histograms: histogramsOf(each),
  }));
  return encoded('WriteRequest', { timeseries, metadata });
}

/** `metadata`: type, help, unit of every series. */
export function request2(series: readonly Series[], metadata?: readonly [number, string, string]): Buffer {
  const symbols = new Map([['', 0]]);
  const reference = (text: string) => {
    if (!symbols.has(text)) symbols.set(text, symbols.size);
    return symbols.get(text)!;
  };
  const timeseries = series.map((each) => ({
    labelsRefs: sorted(each.labels).flat().map(reference),
    samples: samplesOf(each),
    histograms: histogramsOf(each),
    ...(metadata === undefined
      ? {}
      : {
          metadata: {
            type: metadata[0],
            helpRef: reference(metadata[1]),
            unitRef: reference(metadata[2]),
          },
        }),
  }));
  return encoded('Request', { symbols: [...symbols.keys()], timeseries });
}
