-- Profiles that agents counted beside their models, as they came: one row per model × stretch × agent × sequence × version × column. A profile that is
-- sent twice replaces itself. center, scale: the grid that it lies on; scale is 0 without one.
CREATE TABLE IF NOT EXISTS {table:sent_profiles} (
  model LowCardinality(String),
  agent LowCardinality(String),
  sequence UInt64,
  column LowCardinality(String),
  type LowCardinality(String),
  time DateTime64(3, 'UTC'),
  last DateTime64(3, 'UTC'),
  version LowCardinality(String),
  n UInt64,
  missing UInt64,
  invalid UInt64,
  sum Float64,
  sum2 Float64,
  min Nullable(Float64),
  max Nullable(Float64),
  center Float64,
  scale Float64,
  grid Map(Int32, UInt64),
  counts Map(String, UInt64),
  other UInt64,
  received_at DateTime64(3, 'UTC'),
  INDEX received received_at TYPE minmax GRANULARITY 1
) ENGINE = {engine:ReplacingMergeTree}(received_at)
PARTITION BY toYYYYMM(time) ORDER BY (model, time, agent, sequence, version, column) SETTINGS {events}
{shard_by:cityHash64(model)};
