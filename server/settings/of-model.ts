import { MESSAGES_OF_MODEL } from '../actions/of-model.ts';
import { ALERTS_OF_MODEL } from '../alerts/of-model.ts';
import { AUTOMATION_OF_MODEL } from '../automation/of-model.ts';
import { DRILLS_OF_MODEL } from '../drills/of-model.ts';
import { EVENTS_OF_MODEL } from '../events/of-model.ts';
import { HEARTBEATS_OF_MODEL } from '../heartbeats/of-model.ts';
import { HOLDS_OF_MODEL } from '../holds/of-model.ts';
import { INCIDENTS_OF_MODEL } from '../incidents/of-model.ts';
import { MONITORS_OF_MODEL } from '../monitors/of-model.ts';
import { PROFILES_OF_MODEL } from '../profiles/of-model.ts';
import { REGISTRY_OF_MODEL } from '../registry/of-model.ts';
import { REVIEWS_OF_MODEL } from '../review/of-model.ts';
import { SIGNALS_OF_MODEL } from '../signals/of-model.ts';
import { STATUS_OF_MODEL } from '../status/of-model.ts';
import type { OfModel } from '../store/of-model.ts';
import { TELEMETRY_OF_MODEL } from '../telemetry/of-model.ts';

/** Everything that is kept of a model but for its own table, against the road: what tells of something goes before it. */
export const OF_MODEL: readonly OfModel[] = [
  ...STATUS_OF_MODEL,
  ...DRILLS_OF_MODEL,
  ...AUTOMATION_OF_MODEL,
  ...MESSAGES_OF_MODEL,
  ...HEARTBEATS_OF_MODEL,
  ...INCIDENTS_OF_MODEL,
  ...MONITORS_OF_MODEL,
  ...HOLDS_OF_MODEL,
  ...REVIEWS_OF_MODEL,
  ...ALERTS_OF_MODEL,
  ...REGISTRY_OF_MODEL,
  ...SIGNALS_OF_MODEL,
  ...PROFILES_OF_MODEL,
  ...TELEMETRY_OF_MODEL,
  ...EVENTS_OF_MODEL,
];
