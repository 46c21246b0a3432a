import protobuf from 'protobufjs';

/**
 * The messages of whylogs' file of a profile, as far as they are read: whylogs 1.x, `proto/src/whylogs_messages.proto`
 * (https://github.com/whylabs/whylogs), with the numbers of its fields.
 */
const PROTO = `
syntax = "proto3";
message SketchMessage { bytes sketch = 1; }
message MetricComponentMessage {
  oneof value { int64 n = 2; double d = 3; SketchMessage frequent_items = 4; SketchMessage kll = 6; }
}
message ChunkMessage { map<uint32, MetricComponentMessage> metric_components = 1; }
message ChunkOffsets { repeated uint64 offsets = 1; }
message ChunkHeader { uint32 length = 3; }
message DatasetProperties { uint64 dataset_timestamp = 5; }
message DatasetProfileHeader {
  DatasetProperties properties = 1;
  map<string, ChunkOffsets> column_offsets = 2;
  map<uint32, string> indexed_metric_paths = 5;
}
message DatasetSegmentHeader { bool has_segments = 1; }
`;
const { root } = protobuf.parse(PROTO, { keepCase: true });

export interface Component {
  readonly n?: number;
  readonly d?: number;
  readonly frequent_items?: { readonly sketch?: Uint8Array };
  readonly kll?: { readonly sketch?: Uint8Array };
}

export interface ProfileHeader {
  readonly properties?: { readonly dataset_timestamp?: number };
  readonly column_offsets?: Readonly<Record<string, { readonly offsets?: readonly number[] }>>;
  readonly indexed_metric_paths?: Readonly<Record<string, string>>;
}

const plain = <T>(name: string) => {
  const type = root.lookupType(name);
  return (reader: protobuf.Reader, length?: number): T =>
    type.toObject(length === undefined ? type.decodeDelimited(reader) : type.decode(reader, length), {
      longs: Number,
    }) as T;
};

export const readSegmentHeader = plain<{ readonly has_segments?: boolean }>('DatasetSegmentHeader');
export const readProfileHeader = plain<ProfileHeader>('DatasetProfileHeader');
export const readChunkHeader = plain<{ readonly length?: number }>('ChunkHeader');
export const readChunk = plain<{ readonly metric_components?: Readonly<Record<string, Component>> }>(
  'ChunkMessage',
);

export const readerOf = (bytes: Uint8Array): protobuf.Reader => protobuf.Reader.create(bytes);
