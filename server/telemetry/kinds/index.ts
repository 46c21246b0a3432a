import type { TelemetryKind } from './kind.ts';
import { logs } from './logs.ts';
import { metrics } from './metrics.ts';
import { traces } from './traces.ts';

/** Every kind of telemetry. */
export const TELEMETRY_KINDS: readonly TelemetryKind[] = [traces, logs, metrics];
