-- Samples by Prometheus remote write: hundreds of thousands a second of few bytes each, so labels lie in a row for each series and day, and
-- a sample has a number of it. The tables of OTLP have both maps in each row, which costs the engine ten times as much.
CREATE TABLE IF NOT EXISTS {table:metric_series} (
  Day Date,
  -- of its name and all its labels
  Series UInt64,
  MetricName LowCardinality(String),
  -- counter, gauge, histogram, summary …; empty where nobody said
  MetricType LowCardinality(String),
  MetricUnit LowCardinality(String),
  MetricDescription String CODEC(ZSTD(1)),
  ServiceName LowCardinality(String),
  -- job, instance and what else names where it is from, as the conventions of OpenTelemetry call it
  ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  -- every label but its name, job and instance
  Attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  StoredAt DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),
  Instance UInt64 MATERIALIZED cityHash64(ResourceAttributes),
  Model LowCardinality(String) MATERIALIZED ResourceAttributes['tiltmeter.model'],
  Deployment LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'],
  Host LowCardinality(String) MATERIALIZED ResourceAttributes['host.name']
) ENGINE = {engine:ReplacingMergeTree}(StoredAt)
PARTITION BY Day ORDER BY (MetricName, ServiceName, Series) SETTINGS {events}
{shard_by:Series};

CREATE TABLE IF NOT EXISTS {table:metric_samples} (
  Series UInt64 CODEC(ZSTD(1)),
  TimeUnix DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  -- NaN where the series ended (Flags = 1), as OTLP has it, and where the sender said so
  Value Float64 CODEC(ZSTD(1)),
  Flags UInt8 CODEC(ZSTD(1))
) ENGINE = {engine:MergeTree}
PARTITION BY toDate(TimeUnix) ORDER BY (Series, TimeUnix) SETTINGS {events}
{shard_by:Series};
