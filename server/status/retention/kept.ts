import { KEPT_MESSAGES, KEPT_SILENCES } from '../../actions/kept.ts';
import { KEPT_DECISIONS } from '../../alerts/kept.ts';
import { KEPT_ACTIONS } from '../../automation/kept.ts';
import { KEPT_DRILLS } from '../../drills/kept.ts';
import { KEPT_EVENTS } from '../../events/kept.ts';
import { KEPT_HOLDS } from '../../holds/kept.ts';
import { KEPT_INCIDENTS } from '../../incidents/kept.ts';
import { KEPT_ERASURES } from '../../models/kept.ts';
import { KEPT_PROFILES } from '../../profiles/kept.ts';
import { KEPT_REVIEWS } from '../../review/kept.ts';
import { KEPT_SIGNALS } from '../../signals/kept.ts';
import type { Kept } from '../../store/kept.ts';
import { KEPT_TELEMETRY } from '../../telemetry/kept.ts';

/**
 * Predictions, of models that do not say themselves for how long. Their rows are dropped model by model, so that there is
 * nothing to drop here.
 */
export const PREDICTIONS = 'predictions';

/** Everything that grows and may be dropped, in the order of the road. The audit log is not among it: it is never shortened. */
export const KEPT: readonly Kept[] = [
  ...KEPT_EVENTS,
  ...KEPT_TELEMETRY,
  ...KEPT_PROFILES,
  ...KEPT_SIGNALS,
  ...KEPT_DECISIONS,
  ...KEPT_REVIEWS,
  ...KEPT_HOLDS,
  ...KEPT_DRILLS,
  ...KEPT_INCIDENTS,
  ...KEPT_MESSAGES,
  ...KEPT_SILENCES,
  ...KEPT_ACTIONS,
  ...KEPT_ERASURES,
];
