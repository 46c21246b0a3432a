-- Two values per bucket of a series: as it was judged first (known = 'then'), and as it is known now (known = 'now'), which
-- is there only when the bucket was judged again. Nothing in between is kept: the newest known_at of a key replaces the
-- older ones.
CREATE TABLE IF NOT EXISTS {table:signal_values} (
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
  known LowCardinality(String),
  known_at DateTime64(3, 'UTC'),
  value Nullable(Float64),
  low Nullable(Float64),
  high Nullable(Float64),
  n UInt64,
  threshold Nullable(Float64),
  status LowCardinality(String)
) ENGINE = {engine:ReplacingMergeTree}(known_at)
PARTITION BY toYYYYMM(time) ORDER BY (model, kind, metric, monitor, column, segment, version, time, known)
{shard_by:cityHash64(model)};

-- Values of 0.1.0 lie in `signals`, every one that was ever computed. As first judged is the first that was not late; where
-- all were, the last of those. Copied twice they replace themselves.
INSERT INTO {db}.signal_values (model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, known, known_at, value, low, high, n, threshold, status)
SELECT model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, 'then', known_at, value, low, high, n, threshold, status
FROM {db}.signals WHERE status = 'labels_not_mature';

INSERT INTO {db}.signal_values (model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, known, known_at, value, low, high, n, threshold, status)
SELECT model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, 'then', known_at, value, low, high, n, threshold, status
FROM {db}.signals WHERE status != 'labels_not_mature'
ORDER BY model, kind, metric, monitor, column, segment, version, time, known_at
LIMIT 1 BY model, kind, metric, monitor, column, segment, version, time;

-- Only quality was judged again.
INSERT INTO {db}.signal_values (model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, known, known_at, value, low, high, n, threshold, status)
SELECT model, monitor, kind, metric, layer, column, segment, version, definition, unit, time, 'now', known_at, value, low, high, n, threshold, status
FROM {db}.signals WHERE status != 'labels_not_mature' AND kind = 'performance';

-- Emptied, not dropped: another server that starts at this moment may be about to read it.
TRUNCATE TABLE IF EXISTS {rows:signals};
