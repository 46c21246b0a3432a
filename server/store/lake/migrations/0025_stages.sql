-- What the parts of a pipeline say of themselves (contract/stage.ts): log lines and steps that are done. Each row has an id of its own, by which an insert that
-- was cut off is told. `pattern` is the message without what is of it alone (stats/logs/mask.ts).
CREATE TABLE IF NOT EXISTS {table:stages} (
  event_id String,
  model LowCardinality(String),
  stage LowCardinality(String),
  time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  level LowCardinality(String),
  message String CODEC(ZSTD(1)),
  pattern String CODEC(ZSTD(1)),
  version LowCardinality(String),
  request_id String CODEC(ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  duration_ms Nullable(Float64) CODEC(ZSTD(1)),
  -- that a step worked on
  worked_rows Nullable(Float64) CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  received_at DateTime64(3, 'UTC'),
  INDEX idx_trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX idx_request request_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = {engine:MergeTree}
PARTITION BY toYYYYMM(time) ORDER BY (model, stage, time) SETTINGS {events}
{shard_by:cityHash64(model)};
