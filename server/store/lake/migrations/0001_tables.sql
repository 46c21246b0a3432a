-- Shared tables. {engine:Name} becomes MergeTree or ReplicatedMergeTree, {on_cluster} the ON CLUSTER clause or nothing.
-- {events} are the settings of tables whose rows were acknowledged to a sender: fsync after every insert.

CREATE TABLE IF NOT EXISTS {db}.labels {on_cluster} (
  model LowCardinality(String),
  id String,
  -- the label as text, and as a number where it is one
  label String,
  label_number Nullable(Float64),
  time DateTime64(3, 'UTC'),
  source LowCardinality(String),
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:ReplacingMergeTree}(received_at)
PARTITION BY tuple() ORDER BY (model, id) SETTINGS {events};

CREATE TABLE IF NOT EXISTS {db}.outcomes {on_cluster} (
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
PARTITION BY toYYYYMM(time) ORDER BY (model, metric, time) SETTINGS {events};

CREATE TABLE IF NOT EXISTS {db}.changes {on_cluster} (
  id String,
  model LowCardinality(String),
  time DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  version String,
  url String,
  received_at DateTime64(3, 'UTC')
) ENGINE = {engine:MergeTree}
PARTITION BY tuple() ORDER BY (model, time) SETTINGS {events};

CREATE TABLE IF NOT EXISTS {db}.rejects {on_cluster} (
  id String,
  received_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  model String,
  code LowCardinality(String),
  message String,
  raw String,
  replayed_at Nullable(DateTime64(3, 'UTC'))
) ENGINE = {engine:ReplacingMergeTree}
PARTITION BY toYYYYMM(received_at) ORDER BY (received_at, id) SETTINGS {events};

-- Everything is a sum: one row per model × source × version × segment × column × bucket.
-- source: '' for production, else the id of a reference made from a file.
-- revision: wall clock of the roll-up; the newest row of a key replaces the older ones.
CREATE TABLE IF NOT EXISTS {db}.profiles {on_cluster} (
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
PARTITION BY toYYYYMM(time) ORDER BY (model, source, column, time, version, segment);

-- Every value a monitor computed. One row per (series, time, known_at): the newest known_at is "as known now".
CREATE TABLE IF NOT EXISTS {db}.signals {on_cluster} (
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
PARTITION BY toYYYYMM(time) ORDER BY (model, kind, metric, monitor, column, segment, version, time, known_at);
