-- Native histograms by Prometheus remote write: one value that holds all buckets. Like samples they have the number of a series, whose labels lie
-- in metric_series. Bucket i of a schema ends at 2^(i * 2^-schema); of schema -53 it ends at Bounds[i + 1]. Counts may be of floats.
CREATE TABLE IF NOT EXISTS {table:metric_histograms} (
  Series UInt64 CODEC(ZSTD(1)),
  TimeUnix DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  Count Float64 CODEC(ZSTD(1)),
  Sum Float64 CODEC(ZSTD(1)),
  Schema Int32 CODEC(ZSTD(1)),
  ZeroThreshold Float64 CODEC(ZSTD(1)),
  ZeroCount Float64 CODEC(ZSTD(1)),
  PositiveIndexes Array(Int32) CODEC(ZSTD(1)),
  PositiveCounts Array(Float64) CODEC(ZSTD(1)),
  NegativeIndexes Array(Int32) CODEC(ZSTD(1)),
  NegativeCounts Array(Float64) CODEC(ZSTD(1)),
  Bounds Array(Float64) CODEC(ZSTD(1)),
  -- 1: it began anew before this one; 2: it did not; 3: a level, which counts nothing up; 0: nobody said
  ResetHint UInt8 CODEC(ZSTD(1)),
  -- 1: the series ended
  Flags UInt8 CODEC(ZSTD(1))
) ENGINE = {engine:MergeTree}
PARTITION BY toDate(TimeUnix) ORDER BY (Series, TimeUnix) SETTINGS {events}
{shard_by:Series};

-- Exponential histograms of OTLP are read as these are, and tied to models as the other points of metrics (0023).
ALTER TABLE {table:otel_metrics_exponential_histogram}
  ADD COLUMN IF NOT EXISTS ZeroThreshold Float64 CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS Instance UInt64 MATERIALIZED cityHash64(ResourceAttributes) CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS Series UInt64 MATERIALIZED cityHash64(Attributes) CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS Model LowCardinality(String) MATERIALIZED ResourceAttributes['tiltmeter.model'] CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS Deployment LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'] CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS Host LowCardinality(String) MATERIALIZED ResourceAttributes['host.name'] CODEC(ZSTD(1)),
  ADD COLUMN IF NOT EXISTS HttpStatus UInt16 MATERIALIZED toUInt16OrZero(if(Attributes['http.response.status_code'] != '', Attributes['http.response.status_code'], Attributes['http.status_code'])) CODEC(ZSTD(1));
