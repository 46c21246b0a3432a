import type { MetricMetadata } from './metadata.ts';

export type Label = readonly [name: string, value: string];

/** A series of a request. Its samples are read when they are asked for; each may throw invalid_telemetry, of this series alone. */
export interface SentSeries {
  /** Of the body. */
  readonly bytes: number;
  /** Of its labels, 53 bits: equal where they are equal and came in the same version of the protocol. */
  key(): number;
  labels(): Label[];
  samples(): SentSamples;
  /** Where it says so itself. */
  metadata(): MetricMetadata | undefined;
}

export interface SentSamples {
  /** Epoch milliseconds. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Samples that end the series, by their place. */
  readonly stale: ReadonlySet<number>;
  /** Native histograms, each as its bytes: one that cannot be read is refused alone. */
  readonly histograms: readonly Buffer[];
}

/** A request that was walked over, with nothing of it decoded. */
export interface SentRequest {
  readonly series: Iterable<SentSeries>;
  /** What it says of metrics, by the name of their family. */
  readonly metadata: Iterable<readonly [family: string, MetricMetadata]>;
}
