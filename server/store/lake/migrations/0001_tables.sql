-- Shared tables, as a template for one machine and for a cluster of shards (layout.ts says what the braces mean).
-- {events} are the settings of tables whose rows were acknowledged to a sender: fsync after every insert.
-- Rows of one model lie on one shard, so that those that replace one another meet there; rejects by their own id.

CREATE TABLE IF NOT EXISTS {table:labels} (
  model LowCardinality(String),
  id String,
  -- the label as text, and as a number where it is one
  label String,
  label_number Nullable(Float64),
  time DateTime64(3, 'UTC'),
  source LowCardinality(String),
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:ReplacingMergeTree}(received_at)
PARTITION BY tuple() ORDER BY (model, id) SETTINGS {events}
{shard_by:cityHash64(model)};

CREATE TABLE IF NOT EXISTS {table:outcomes} (
  model LowCardinality(String),
  metric LowCardinality(String),
  value Float64,
  -- the prediction it belongs to, if any
  id String,
  time DateTime64(3, 'UTC'),
  -- of this row: settles whether an insert that was cut off arrived
  event_id String,
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:MergeTree}
PARTITION BY toYYYYMM(time) ORDER BY (model, metric, time) SETTINGS {events}
{shard_by:cityHash64(model)};

CREATE TABLE IF NOT EXISTS {table:changes} (
  id String,
  model LowCardinality(String),
  time DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  version String,
  url String,
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:MergeTree}
PARTITION BY tuple() ORDER BY (model, time) SETTINGS {events}
{shard_by:cityHash64(model)};

CREATE TABLE IF NOT EXISTS {table:rejects} (
  id String,
  received_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  model String,
  code LowCardinality(String),
  message String,
  raw String,
  replayed_at Nullable(DateTime64(3, 'UTC'))
) ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(received_at) ORDER BY (received_at, id) SETTINGS {events}
{shard_by:cityHash64(id)};

-- Everything is a sum: one row per model × source × version × segment × column × bucket.
-- source: '' for production, else the id of a reference made from a file.
-- revision: wall clock of the roll-up; the newest row of a key replaces the older ones.
CREATE TABLE IF NOT EXISTS {table:profiles} (
  model LowCardinality(String),
  source LowCardinality(String),
  column LowCardinality(String),
  time DateTime64(3, 'UTC'),
  version LowCardinality(String),
  segment LowCardinality(String),
  n UInt64,
  missing UInt64,
  invalid UInt64,
  sum Float64,
  sum2 Float64,
  min Nullable(Float64),
  max Nullable(Float64),
  grid Map(Int32, UInt64),
  counts Map(String, UInt64),
  other UInt64,
  revision DateTime64(3, 'UTC')
) ENGINE = {engine:ReplacingMergeTree}(revision)
PARTITION BY toYYYYMM(time) ORDER BY (model, source, column, time, version, segment)
{shard_by:cityHash64(model)};

-- Every value a monitor computed. One row per (series, time, known_at): the newest known_at is "as known now".
CREATE TABLE IF NOT EXISTS {table:signals} (
  model LowCardinality(String),
  monitor LowCardinality(String),
  kind LowCardinality(String),
  metric LowCardinality(String),
  layer LowCardinality(String),
  column LowCardinality(String),
  segment LowCardinality(String),
  version LowCardinality(String),
  definition LowCardinality(String),
  unit LowCardinality(String),
  time DateTime64(3, 'UTC'),
  known_at DateTime64(3, 'UTC'),
  value Nullable(Float64),
  low Nullable(Float64),
  high Nullable(Float64),
  n UInt64,
  threshold Nullable(Float64),
  status LowCardinality(String)
) ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(time) ORDER BY (model, kind, metric, monitor, column, segment, version, time, known_at)
{shard_by:cityHash64(model)};
