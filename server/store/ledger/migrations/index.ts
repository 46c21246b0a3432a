import type { Migration } from '../migrate.ts';
import { tables } from './0001-tables.ts';
import { servers } from './0002-servers.ts';
import { arrivals } from './0003-arrivals.ts';
import { heads } from './0004-heads.ts';
import { signals } from './0005-signals.ts';
import { decisions } from './0006-decisions.ts';
import { incidents } from './0007-incidents.ts';
import { outbox } from './0008-outbox.ts';
import { retention } from './0009-retention.ts';
import { importance } from './0010-importance.ts';
import { watch } from './0011-watch.ts';
import { settings } from './0012-settings.ts';
import { labelType } from './0013-label-type.ts';
import { outages } from './0014-outages.ts';
import { judgedAs } from './0015-judged-as.ts';
import { owners } from './0016-owners.ts';
import { sealed } from './0017-sealed.ts';
import { privacy } from './0018-privacy.ts';
import { sessions } from './0019-sessions.ts';
import { codes } from './0020-codes.ts';
import { qualityBaselines } from './0021-quality-baselines.ts';
import { outcomes } from './0023-outcomes.ts';
import { segments } from './0027-segments.ts';
import { surrogate } from './0029-surrogate.ts';
import { diagnosed } from './0031-diagnosed.ts';
import { channelOnly } from './0033-channel-only.ts';
import { slices } from './0039-slices.ts';
import { classes } from './0041-classes.ts';
import { incidentLife } from './0043-incident-life.ts';
import { onCall } from './0044-on-call.ts';
import { responseClocks } from './0045-response-clocks.ts';
import { heartbeats } from './0046-heartbeats.ts';
import { lineage } from './0051-lineage.ts';
import { actions } from './0054-actions.ts';
import { quarantines } from './0055-quarantines.ts';
import { digests } from './0060-digests.ts';
import { holds } from './0061-holds.ts';
import { quarantinesUntil } from './0062-quarantines-until.ts';
import { reviews } from './0064-reviews.ts';
import { losses } from './0065-losses.ts';
import { drills } from './0066-drills.ts';
import { payloads } from './0067-payloads.ts';
import { askers } from './0068-askers.ts';
import { decisionTrees } from './0070-decisions.ts';
import { links } from './0071-links.ts';
import { quarantinesOfModel } from './0073-quarantines-of-model.ts';
import { scrapeTargets } from './0074-scrape-targets.ts';
import { scrapeProblems } from './0075-scrape-problems.ts';
import { sentProfiles } from './0076-sent-profiles.ts';
import { rankingK } from './0077-ranking-k.ts';
import { pricedAs } from './0078-priced-as.ts';
import { registeredVersions } from './0079-registered-versions.ts';

/** In order; forward only. A published migration is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  tables,
  servers,
  arrivals,
  heads,
  signals,
  decisions,
  incidents,
  outbox,
  retention,
  importance,
  watch,
  settings,
  labelType,
  outages,
  judgedAs,
  owners,
  sealed,
  privacy,
  sessions,
  codes,
  qualityBaselines,
  segments,
  outcomes,
  surrogate,
  diagnosed,
  channelOnly,
  incidentLife,
  classes,
  onCall,
  responseClocks,
  heartbeats,
  slices,
  actions,
  quarantines,
  lineage,
  digests,
  quarantinesUntil,
  askers,
  reviews,
  payloads,
  losses,
  holds,
  drills,
  decisionTrees,
  links,
  sentProfiles,
  rankingK,
  pricedAs,
  scrapeTargets,
  scrapeProblems,
  registeredVersions,
  quarantinesOfModel,
];
