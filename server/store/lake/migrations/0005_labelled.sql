-- Predictions that have a label, put beside it once: what labels add to a bucket is counted from here, without a join.
-- time: of the prediction. located: revision of the roll-up that found them; the newest row of a key holds.
CREATE TABLE IF NOT EXISTS {table:labelled} (
  model LowCardinality(String),
  time DateTime64(3, 'UTC'),
  id String,
  version LowCardinality(String),
  label String,
  label_number Nullable(Float64),
  -- as text, and as a number where it is one
  prediction Nullable(String),
  prediction_number Nullable(Float64),
  score Nullable(Float64),
  located DateTime64(3, 'UTC'),
  INDEX located located TYPE minmax GRANULARITY 1
) ENGINE = {engine:ReplacingMergeTree}(located)
PARTITION BY toYYYYMM(time) ORDER BY (model, time, id)
{shard_by:cityHash64(model)};

-- A roll-up asks for the labels that came since the last one.
ALTER TABLE {rows:labels} ADD INDEX IF NOT EXISTS received received_at TYPE minmax GRANULARITY 1;

-- The cursor of a roll-up moves on in the ledger: what it wrote must survive a power cut as what was sent does.
ALTER TABLE {rows:profiles} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1;
ALTER TABLE {rows:labelled} MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1;
