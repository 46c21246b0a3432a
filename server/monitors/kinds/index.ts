import type { MonitorKind } from '../../../contract/signal.ts';
import type { Kind } from '../kind.ts';
import { drift } from './drift.ts';
import { error_rate } from './error_rate.ts';
import { freshness } from './freshness.ts';
import { invalid } from './invalid.ts';
import { latency } from './latency.ts';
import { missing } from './missing.ts';
import { new_category } from './new_category.ts';
import { performance } from './performance.ts';
import { prediction_drift } from './prediction_drift.ts';
import { range } from './range.ts';
import { volume } from './volume.ts';

/** Every kind of monitor, by id. A new kind is a file and a line here. */
export const KINDS: Readonly<Record<MonitorKind, Kind>> = {
  drift,
  prediction_drift,
  missing,
  invalid,
  range,
  new_category,
  volume,
  freshness,
  error_rate,
  latency,
  performance,
};
