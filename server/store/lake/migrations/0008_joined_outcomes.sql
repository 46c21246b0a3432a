-- Outcomes beside the predictions that they belong to, put there once: what they add to a bucket is counted from here, without
-- a join. time: of the prediction; of an outcome without an id its own. known: when the outcome happened. The newest row of a
-- key holds.
CREATE TABLE IF NOT EXISTS {table:joined_outcomes} (
  model LowCardinality(String),
  time DateTime64(3, 'UTC'),
  event_id String,
  -- of the prediction; empty for an outcome without one
  id String,
  version LowCardinality(String),
  score Nullable(Float64),
  metric LowCardinality(String),
  value Float64,
  known DateTime64(3, 'UTC'),
  -- what the prediction is split by, as text by the key of the split
  split Map(String, String),
  located DateTime64(3, 'UTC'),
  INDEX located located TYPE minmax GRANULARITY 1
) ENGINE = {engine:ReplacingMergeTree}(located)
PARTITION BY toYYYYMM(time) ORDER BY (model, time, event_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
{shard_by:cityHash64(model)};

-- A roll-up asks for the outcomes that came since the last one.
ALTER TABLE {rows:outcomes} ADD INDEX IF NOT EXISTS received received_at TYPE minmax GRANULARITY 1;
