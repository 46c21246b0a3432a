import protobuf from 'protobufjs';

/** Of the messages of Feast's registry (feast/core/*.proto) the fields that are read here, by their numbers. */
const MESSAGES = `
syntax = "proto3";
message Registry {
  repeated Entity entities = 1;
  repeated FeatureView feature_views = 6;
  repeated OnDemandFeatureView on_demand_feature_views = 8;
  repeated StreamFeatureView stream_feature_views = 14;
  string registry_schema_version = 3;
}
message Entity { EntitySpec spec = 1; }
message EntitySpec { string name = 1; string join_key = 4; }
message Feature { string name = 1; }
message FeatureView { FeatureViewSpec spec = 1; }
message FeatureViewSpec { string name = 1; repeated string entities = 3; repeated Feature features = 4; DataSource batch_source = 7; }
message StreamFeatureView { StreamFeatureViewSpec spec = 1; }
message StreamFeatureViewSpec { string name = 1; repeated string entities = 3; repeated Feature features = 4; DataSource batch_source = 10; }
message OnDemandFeatureView { OnDemandFeatureViewSpec spec = 1; }
message OnDemandFeatureViewSpec { string name = 1; repeated Feature features = 3; repeated string entities = 13; }
message DataSource { string name = 20; FileOptions file_options = 11; }
message FileOptions { string uri = 2; }
`;

const Registry = protobuf.parse(MESSAGES).root.lookupType('Registry');

/** The file of a registry as its JSON dump has it. Errors: Error with a sentence, for bytes that are none. */
export function fromProtobuf(bytes: Uint8Array): unknown {
  let registry: Record<string, unknown>;
  try {
    registry = Registry.toObject(Registry.decode(bytes), { arrays: true });
  } catch (cause) {
    throw new Error('it is neither the file of a registry (protobuf) nor a dump of one (JSON)', { cause });
  }
  // Other bytes may happen to be a message: one without anything that a registry always has.
  if (registry.registrySchemaVersion === undefined)
    throw new Error('it is neither the file of a registry (protobuf) nor a dump of one (JSON)');
  return registry;
}
