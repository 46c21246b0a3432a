import type {
  ChannelRow,
  EscalatedRow,
  EscalationRow,
  OutboxRow,
  RotaRow,
  SilencedRow,
  SilenceRow,
} from './schema/actions.ts';
import type {
  AlertCheckpointRow,
  AlertRow,
  AlertTransitionRow,
  DecisionHeadRow,
  JudgementRow,
} from './schema/alerts.ts';
import type { AuditHeadRow, AuditRow } from './schema/audit.ts';
import type { ActionRow, ActionRunRow, ActionTryRow, QuarantineRow } from './schema/automation.ts';
import type { DigestRow } from './schema/digests.ts';
import type { DrillRow } from './schema/drills.ts';
import type { ArrivalRow, IdempotencyRow } from './schema/events.ts';
import type { HeartbeatRow } from './schema/heartbeats.ts';
import type { HoldRow, HoldRunRow } from './schema/holds.ts';
import type {
  IncidentAlertRow,
  IncidentCursorRow,
  IncidentEventRow,
  IncidentGroupRow,
  IncidentRow,
  ResponseClockRow,
} from './schema/incidents.ts';
import type { LeaseRow, OutageRow, OwnerRow, ServerRow } from './schema/jobs.ts';
import type { LinkRow } from './schema/links.ts';
import type {
  ColumnRow,
  ErasureRow,
  GridRow,
  InferenceRow,
  ModelRow,
  PrivacyRow,
  RemovalRow,
} from './schema/models.ts';
import type {
  BaselineRow,
  ImportanceRow,
  JudgedAsRow,
  MonitorDefaultRow,
  MonitorRow,
  SlicesRow,
} from './schema/monitors.ts';
import type { KeyRow, LoginLinkRow, SessionRow, UserRow } from './schema/people.ts';
import type { ColumnHeadRow, ProfileHeadRow, ReferenceRow } from './schema/profiles.ts';
import type { RegisteredVersionRow } from './schema/registry.ts';
import type { ReviewFillRow, ReviewItemRow, ReviewTurnRow } from './schema/review.ts';
import type { ScrapeProblemRow, ScrapeTargetRow } from './schema/scrape.ts';
import type { SignalHeadRow } from './schema/signals.ts';
import type { ConcernRow, RetentionRow, SettingRow, WatchRow } from './schema/status.ts';

export type * from './schema/actions.ts';
export type * from './schema/alerts.ts';
export type * from './schema/audit.ts';
export type * from './schema/automation.ts';
export type * from './schema/digests.ts';
export type * from './schema/drills.ts';
export type * from './schema/events.ts';
export type * from './schema/heartbeats.ts';
export type * from './schema/holds.ts';
export type * from './schema/incidents.ts';
export type * from './schema/jobs.ts';
export type * from './schema/links.ts';
export type * from './schema/models.ts';
export type * from './schema/monitors.ts';
export type * from './schema/people.ts';
export type * from './schema/profiles.ts';
export type * from './schema/registry.ts';
export type * from './schema/review.ts';
export type * from './schema/scrape.ts';
export type * from './schema/signals.ts';
export type * from './schema/status.ts';

/**
 * The ledger's tables: what people configure and what was decided. Times are epoch milliseconds (integer),
 * booleans 0/1, objects JSON text, so that both dialects store the same values. Each table belongs to one room of the
 * server, which alone names it.
 */
export interface Ledger {
  models: ModelRow;
  columns: ColumnRow;
  grids: GridRow;
  removals: RemovalRow;
  inferences: InferenceRow;
  privacy: PrivacyRow;
  erasures: ErasureRow;
  arrivals: ArrivalRow;
  idempotency: IdempotencyRow;
  profile_heads: ProfileHeadRow;
  column_heads: ColumnHeadRow;
  references: ReferenceRow;
  signal_heads: SignalHeadRow;
  alerts: AlertRow;
  alert_transitions: AlertTransitionRow;
  decision_head: DecisionHeadRow;
  judgements: JudgementRow;
  alert_checkpoints: AlertCheckpointRow;
  monitors: MonitorRow;
  monitor_defaults: MonitorDefaultRow;
  importance: ImportanceRow;
  slices: SlicesRow;
  baselines: BaselineRow;
  judged_as: JudgedAsRow;
  incidents: IncidentRow;
  incident_alerts: IncidentAlertRow;
  incident_events: IncidentEventRow;
  incident_cursor: IncidentCursorRow;
  incident_groups: IncidentGroupRow;
  response_clocks: ResponseClockRow;
  heartbeats: HeartbeatRow;
  channels: ChannelRow;
  outbox: OutboxRow;
  silences: SilenceRow;
  silenced: SilencedRow;
  rotas: RotaRow;
  escalations: EscalationRow;
  escalated: EscalatedRow;
  digests: DigestRow;
  links: LinkRow;
  actions: ActionRow;
  action_runs: ActionRunRow;
  action_tries: ActionTryRow;
  quarantines: QuarantineRow;
  registered_versions: RegisteredVersionRow;
  holds: HoldRow;
  hold_runs: HoldRunRow;
  review_items: ReviewItemRow;
  review_turns: ReviewTurnRow;
  review_fills: ReviewFillRow;
  drills: DrillRow;
  scrape_targets: ScrapeTargetRow;
  scrape_problems: ScrapeProblemRow;
  users: UserRow;
  sessions: SessionRow;
  login_links: LoginLinkRow;
  keys: KeyRow;
  audit: AuditRow;
  audit_head: AuditHeadRow;
  leases: LeaseRow;
  servers: ServerRow;
  owners: OwnerRow;
  outages: OutageRow;
  settings: SettingRow;
  retention: RetentionRow;
  concerns: ConcernRow;
  watches: WatchRow;
}
