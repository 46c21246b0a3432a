import type { z } from 'zod';
import type { Session as SessionSchema, User as UserSchema } from '../../../contract/user.ts';

export type { Action, ActionKindShown as ActionKind, ActionRun } from '../../../contract/action.ts';
export type { ReviewerAgreement } from '../../../contract/agreement.ts';
export type { Alert } from '../../../contract/alert.ts';
export type { Anomalies } from '../../../contract/anomalies.ts';
export type { AuditEntry, AuditVerification } from '../../../contract/audit.ts';
export type { AuditSample } from '../../../contract/audit-sample.ts';
export type { StoredChange } from '../../../contract/change.ts';
export type { Channel, ChannelKindShown as ChannelKind, Delivery } from '../../../contract/channel.ts';
export type { ColumnSummaries, ColumnSummary } from '../../../contract/column-summary.ts';
export type { Coverage, CoverageItem } from '../../../contract/coverage.ts';
export type { Digest, DigestContent, DigestQuestion, DigestSettings } from '../../../contract/digest.ts';
export type { ColumnTimeline, Distribution } from '../../../contract/distribution.ts';
export type { Drill, DrillDetail, DrillScore, DrillShare } from '../../../contract/drill.ts';
export type { Escalation, EscalationTarget, NewEscalation } from '../../../contract/escalation.ts';
export type { Explanation, FeatureWeight } from '../../../contract/explanation.ts';
export type { ModelFairness } from '../../../contract/fairness.ts';
export type { WatchedJob } from '../../../contract/heartbeat.ts';
export type { Hold, HoldRun, ModelHold } from '../../../contract/hold.ts';
export type {
  Cause,
  Incident,
  IncidentChange,
  IncidentDetail,
  Priority,
  SimilarIncident,
} from '../../../contract/incident.ts';
export type { Key } from '../../../contract/key.ts';
export type { LabelSelection } from '../../../contract/label-selection.ts';
export type { Layer, LayerState } from '../../../contract/layer.ts';
export type { Lineage, LineageNode } from '../../../contract/lineage.ts';
export type { LinkTemplate } from '../../../contract/link.ts';
export type { Model, ModelSummary } from '../../../contract/model.ts';
export type { Monitor, MonitorKind, MonitorPreview } from '../../../contract/monitor.ts';
export type { PredictionDetail, PredictionPage, PredictionRecord } from '../../../contract/prediction.ts';
export type { ServerPrivacy } from '../../../contract/privacy.ts';
export type {
  EstimatedMeasure,
  ModelQuality,
  OutcomeMeasure,
  QualityChange,
  QualityMeasure,
} from '../../../contract/quality.ts';
export type { Receipt } from '../../../contract/receipt.ts';
export type { Reference, ReferenceColumn } from '../../../contract/reference.ts';
export type { Reject, RejectGroup } from '../../../contract/reject.ts';
export type { ResponseFigures } from '../../../contract/response.ts';
export type { ReviewItem, ReviewQueue } from '../../../contract/review.ts';
export type { NewRota, Rota, RotaPreview } from '../../../contract/rota.ts';
export type { ScrapeTarget, ScrapeTargets } from '../../../contract/scrape.ts';
export type { SearchHit, SearchResult } from '../../../contract/search.ts';
export type { ModelSegments } from '../../../contract/segments.ts';
export type { Setup, SetupStep } from '../../../contract/setup.ts';
export type { Signal, SignalPoint } from '../../../contract/signal.ts';
export type { Matcher, Silence, SilencePreview } from '../../../contract/silence.ts';
export type { ModelSlices } from '../../../contract/slices.ts';
export type {
  StagePattern,
  StagePatterns,
  StageSummaries,
  StageSummary,
  StoredStage,
} from '../../../contract/stage.ts';
export type { ShownTrouble, Status } from '../../../contract/status.ts';
export type { Storage, StoredTable } from '../../../contract/storage.ts';
export type { Erasure, SubjectSummary } from '../../../contract/subject.ts';
export type { ColumnUse } from '../../../contract/table.ts';
export type { ModelTelemetry, TelemetrySeries } from '../../../contract/telemetry.ts';
export type { PredictionTrace, TraceLog, TraceMissing, TraceSpan } from '../../../contract/trace.ts';
export type { Traffic } from '../../../contract/traffic.ts';
export type { TablePreview, Upload } from '../../../contract/upload.ts';
export type { OwnSession } from '../../../contract/user.ts';
export type {
  ComparedColumn,
  ComparedMeasure,
  ComparedMissing,
  Measured,
  VersionComparison,
  VersionSide,
} from '../../../contract/version-comparison.ts';
export type { VersionLine, VersionList } from '../../../contract/version-list.ts';
export type { VerdictMeasure, VersionVerdict } from '../../../contract/version-verdict.ts';

export type Session = z.infer<typeof SessionSchema>;
export type User = z.infer<typeof UserSchema>;

/** What every list answers. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** A list that knows how long it is. */
export interface CountedPage<T> extends Page<T> {
  readonly total: number;
}
