import type { Ingest } from '../events/ingest.ts';
import { TelemetryCounts } from './counts.ts';
import { TelemetryIntake } from './intake.ts';
import { RemoteWriteIntake } from './remote-write/intake.ts';
import { SERIES_BOUNDS, type SeriesBounds, SeriesLimit } from './series-limit.ts';

/** The ways in of telemetry, with what they share: how many series each sender may have, and what was counted. */
export interface Telemetry {
  readonly otlp: TelemetryIntake;
  readonly remoteWrite: RemoteWriteIntake;
  readonly counts: TelemetryCounts;
}

/** `monotonic` in milliseconds. */
export function createTelemetry(
  ingest: Ingest,
  monotonic: () => number,
  bounds: SeriesBounds = SERIES_BOUNDS,
): Telemetry {
  const counts = new TelemetryCounts();
  const shared = { ingest, monotonic, counts, series: new SeriesLimit(monotonic, bounds) };
  return { otlp: new TelemetryIntake(shared), remoteWrite: new RemoteWriteIntake(shared), counts };
}
