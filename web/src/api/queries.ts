import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { DAY, iso, type Range } from '../time/range.ts';
import { address, type QueryValue } from './address.ts';
import { all, get, LIVE_MS, pages } from './asking.ts';
import { api } from './client.ts';
import type {
  Action,
  ActionKind,
  ActionRun,
  Alert,
  Anomalies,
  AuditSample,
  Channel,
  ChannelKind,
  ColumnSummaries,
  ColumnTimeline,
  CountedPage,
  Delivery,
  Digest,
  Distribution,
  Drill,
  DrillDetail,
  Erasure,
  Escalation,
  Explanation,
  Incident,
  IncidentDetail,
  Key,
  Lineage,
  LinkTemplate,
  Model,
  ModelFairness,
  ModelHold,
  ModelQuality,
  ModelSegments,
  ModelSlices,
  ModelSummary,
  ModelTelemetry,
  Monitor,
  MonitorKind,
  OwnSession,
  Page,
  PredictionDetail,
  PredictionPage,
  PredictionRecord,
  PredictionTrace,
  Reference,
  ReferenceColumn,
  Reject,
  RejectGroup,
  ResponseFigures,
  ReviewerAgreement,
  ReviewItem,
  ReviewQueue,
  Rota,
  ScrapeTargets,
  SearchResult,
  ServerPrivacy,
  Session,
  Setup,
  Signal,
  Silence,
  SimilarIncident,
  Status,
  Storage,
  StoredChange,
  SubjectSummary,
  Traffic,
  User,
  VersionComparison,
  VersionList,
  VersionVerdict,
  WatchedJob,
} from './types.ts';

/** The past changes only when labels come late: it is asked for less often. */
const PAST_MS = 2 * 60_000;
export const pollOf = (range: Range) => (range.to > Date.now() - 2 * DAY ? LIVE_MS : PAST_MS);

/** Series are drawn on a few hundred pixels: more points than this are aggregated by the server or by `thin`. */
export const MOST_POINTS = 400;

export const time = (range: Range) => ({ from: iso(range.from), to: iso(range.to) });

export const sessionQuery = queryOptions({
  queryKey: ['/api/v1/session'] as const,
  queryFn: ({ signal }) => api.get<Session>('/api/v1/session', signal),
  staleTime: 5 * 60_000,
  retry: false,
});

export const fleetQuery = all<ModelSummary>('/models', {}, { limit: 1000 });

export const modelQuery = (model: string) => get<Model>('/models/:model', { model });

/** What depends on what; around a model when one is named. */
export const lineageQuery = (model?: string) => get<Lineage>('/lineage', {}, { model });

export interface SignalFilter {
  readonly layer?: string;
  readonly kind?: string | readonly string[];
  readonly metric?: string;
  readonly column?: string;
  /** All columns of a monitor as one series: the worst of them at each step. */
  readonly fold?: 'columns';
  readonly points?: number;
}

export const signalsQuery = (model: string, range: Range, filter: SignalFilter = {}) =>
  all<Signal>(
    '/models/:model/signals',
    { model },
    { ...time(range), points: MOST_POINTS, ...filter },
    pollOf(range),
  );

/** Columns with what they held in a range, also of the bucket that is filling. */
export const columnsQuery = (model: string, range: Range) =>
  get<ColumnSummaries>('/models/:model/columns', { model }, time(range), pollOf(range));

export const trafficQuery = (model: string, range: Range) =>
  get<Traffic>('/models/:model/traffic', { model }, time(range), pollOf(range));

/** What machines and service of a model tell of themselves. */
export const telemetryQuery = (model: string, range: Range) =>
  get<ModelTelemetry>('/models/:model/telemetry', { model }, time(range), pollOf(range));

/** A signal with its forecast, its anomalies and changes. */
export const anomaliesQuery = (model: string, range: Range, series: string) =>
  get<Anomalies>('/models/:model/anomalies', { model }, { ...time(range), series }, pollOf(range));

/** Two versions of a model side by side. */
export const versionsQuery = (model: string, range: Range, version: string, baseline?: string) =>
  get<VersionComparison>(
    '/models/:model/versions/comparison',
    { model },
    { ...time(range), version, baseline },
    pollOf(range),
  );

/** The versions that answered in a range. */
export const versionListQuery = (model: string, range: Range) =>
  get<VersionList>('/models/:model/versions', { model }, time(range), pollOf(range));

/** Whether a version is better than the one it answers beside, as far as it is known by now. */
export const verdictQuery = (
  model: string,
  chosen: {
    readonly version?: string | undefined;
    readonly baseline?: string | undefined;
    readonly metric?: string | undefined;
  },
) =>
  get<VersionVerdict>(
    '/models/:model/versions/verdict',
    { model },
    { version: chosen.version, baseline: chosen.baseline, metric: chosen.metric },
    PAST_MS,
  );

/** What a model goes by over a range. */
export const explanationQuery = (model: string, range: Range) =>
  get<Explanation>('/models/:model/explanation', { model }, time(range), PAST_MS);

/** How good a model was over a range, beside its reference. */
export const qualityQuery = (model: string, range: Range) =>
  get<ModelQuality>('/models/:model/quality', { model }, time(range), pollOf(range));

/** Every segment of a model over a range. */
export const segmentsQuery = (model: string, range: Range) =>
  get<ModelSegments>('/models/:model/segments', { model }, time(range), pollOf(range));

/** The slices of a range that lose most: a search, asked for by people. */
export const slicesQuery = (model: string, range: Range) =>
  get<ModelSlices>('/models/:model/slices', { model }, time(range));

/** What the error of numbers is to be expected to be without labels, learned from rows. */
export const estimateQuery = (model: string, range: Range) =>
  get<ModelQuality['estimate']>('/models/:model/quality/estimate', { model }, time(range));

/** The labelled set of a model and its runs. */
export const holdQuery = (model: string) => get<ModelHold>('/models/:model/hold', { model });

/** Whether a model treats the groups of its protected attributes alike. */
export const fairnessQuery = (model: string, range: Range) =>
  get<ModelFairness>('/models/:model/fairness', { model }, time(range), pollOf(range));

export const setupQuery = (model: string) => get<Setup>('/models/:model/setup', { model });

export interface Against {
  readonly reference?: string | undefined;
  readonly version?: string | undefined;
}

export const distributionQuery = (model: string, column: string, range: Range, against: Against = {}) =>
  get<Distribution>(
    '/models/:model/columns/:column/distribution',
    { model, column },
    { ...time(range), ...against },
    pollOf(range),
  );

export const timelineQuery = (model: string, column: string, range: Range, version?: string) =>
  get<ColumnTimeline>(
    '/models/:model/columns/:column/timeline',
    { model, column },
    { ...time(range), version },
    pollOf(range),
  );

export interface PredictionFilter extends Record<string, QueryValue> {
  readonly where?: readonly string[] | undefined;
}

/** Predictions a page at a time; the first page says how many there are in all. */
export const predictionsQuery = (
  model: string,
  range: Range,
  filter: PredictionFilter & { readonly sort?: string | undefined },
) =>
  infiniteQueryOptions({
    ...pages<PredictionRecord, PredictionPage>(
      '/models/:model/predictions',
      { model },
      { ...time(range), ...filter },
      200,
      ({ cursor }) => ({ total: cursor === null ? true : undefined }),
    ),
    placeholderData: keepPreviousData,
  });

/** Columns of all models by a part of their name, predictions by their id; those of `first` before others. */
export const searchQuery = (q: string, first?: string) => ({
  ...get<SearchResult>('/search', {}, { q, first }),
  refetchInterval: false as const,
  enabled: q.trim().length > 1,
});

/** Where the file of what is filtered is. */
export const predictionsExport = (
  model: string,
  range: Range,
  filter: PredictionFilter,
  format: 'csv' | 'ndjson',
) => address('/models/:model/export/predictions', { model }, { ...time(range), ...filter, format });

/** Whom it is about: predictions of these ids, of which all conditions hold. */
export interface Who {
  readonly id?: readonly string[];
  readonly where?: readonly string[];
}

export const subjectQuery = (model: string, who: Who) =>
  get<SubjectSummary>('/models/:model/subject', { model }, { ...who }, 5 * 60_000);

/** All that is stored of a subject, as a file. */
export const subjectExport = (model: string, who: Who) =>
  address('/models/:model/export/subject', { model }, { ...who });

export const erasuresQuery = (model: string) => get<Page<Erasure>>('/models/:model/erasures', { model });

export const sampleQuery = (model: string, range: Range, filter: PredictionFilter, limit: number) =>
  get<Page<PredictionRecord>>('/models/:model/predictions', { model }, { ...time(range), ...filter, limit });

export const predictionQuery = (model: string, id: string) =>
  get<PredictionDetail>('/models/:model/predictions/:id', { model, id });

export const predictionTraceQuery = (model: string, id: string) =>
  get<PredictionTrace>('/models/:model/predictions/:id/trace', { model, id });

export const changesQuery = (range: Range, model?: string) =>
  get<Page<StoredChange>>('/changes', {}, { model, ...time(range), limit: 200 });

export interface IncidentFilter {
  readonly model?: string;
  readonly status?: string;
  readonly priority?: string;
}

/** The newest that fit, and how many there are in all. */
export const incidentsQuery = (filter: IncidentFilter = {}) =>
  get<CountedPage<Incident>>('/incidents', {}, { limit: 200, ...filter });

/** What waits for somebody, the most urgent first: the first of them, and how many there are in all. */
export const waitingQuery = get<CountedPage<Incident>>(
  '/incidents',
  {},
  { status: 'open', sort: 'urgency', limit: 200 },
);

/** Those of a model that were going on in a range. */
export const incidentsWithin = (model: string, range: Range) =>
  get<CountedPage<Incident>>('/incidents', {}, { model, ...time(range), limit: 1000 }, pollOf(range));

/** All that fit, a page at a time, the most urgent first. */
export const incidentPages = (filter: IncidentFilter) =>
  pages<Incident, CountedPage<Incident>>('/incidents', {}, { ...filter, sort: 'urgency' }, 200);

export const incidentQuery = (id: string) => get<IncidentDetail>('/incidents/:id', { id });

/** Past incidents that were like one: they change with what people say of them. */
export const similarQuery = (id: string) =>
  get<Page<SimilarIncident>>('/incidents/:id/similar', { id }, {}, 5 * 60_000);

/** Where the card of a model can be had as a page. */
export const cardOf = (model: string) => `${address('/models/:model/card', { model })}?format=html`;

/** Where an incident is as a post-mortem in Markdown. */
export const postmortemOf = (id: string) => address('/incidents/:id/postmortem', { id });

/** The table of kinds is that of the server's version: it stays as it is for as long as the page does. */
export const kindsQuery = queryOptions({
  queryKey: ['/api/v1/kinds'] as const,
  queryFn: ({ signal }) => api.get<Page<MonitorKind>>('/api/v1/kinds', signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What fires now in a layer of a model. */
export const firingQuery = (model: string, layer: string) =>
  all<Alert>('/alerts', {}, { model, layer, state: 'firing', limit: 1000 });

export const alertsQuery = (model: string) => all<Alert>('/alerts', {}, { model, limit: 1000 });

export const monitorsQuery = (model?: string) => all<Monitor>('/monitors', {}, { model, limit: 1000 });

export const referencesQuery = (model: string) =>
  get<Page<Reference>>('/models/:model/references', { model });

export const referenceColumnsQuery = (model: string, id: string) =>
  get<Page<ReferenceColumn>>('/models/:model/references/:id/columns', { model, id }, {}, 5 * 60_000);

export const reviewQuery = (model: string) => get<ReviewQueue>('/models/:model/review', { model });
/** The first of what waits for the reader: enough to go on until the next look. */
export const waitingReviewsQuery = (model: string) =>
  get<Page<ReviewItem>>('/models/:model/review/items', { model }, { mine: true, limit: 50 });
/** Whether those who label agree, of the last 90 days. */
export const agreementQuery = (model: string) =>
  get<ReviewerAgreement>('/models/:model/agreement', { model }, {}, 60_000);

export const auditSampleQuery = (model: string) =>
  get<AuditSample>('/models/:model/audit-sample', { model }, {}, 5 * 60_000);

export const keysQuery = all<Key>('/keys', {}, { limit: 1000 });
export const usersQuery = all<User>('/users', {}, { limit: 1000 });
export const sessionsQuery = all<OwnSession>('/sessions', {}, { limit: 1000 });
export const channelKindsQuery = queryOptions({
  queryKey: ['/api/v1/channel-kinds'] as const,
  queryFn: ({ signal }) => api.get<Page<ChannelKind>>('/api/v1/channel-kinds', signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const actionKindsQuery = queryOptions({
  queryKey: ['/api/v1/action-kinds'] as const,
  queryFn: ({ signal }) => api.get<Page<ActionKind>>('/api/v1/action-kinds', signal),
  staleTime: Number.POSITIVE_INFINITY,
});
export const actionsQuery = get<Page<Action>>('/actions', {}, {}, 60_000);

/** Times that actions were due, the newest first: of an incident, of an action, or those in one state. */
export const actionRunsQuery = (of: Partial<Record<'incident' | 'action' | 'state', string>>, limit = 20) =>
  get<Page<ActionRun>>('/action-runs', {}, { ...of, limit });

export const channelsQuery = all<Channel>('/channels', {}, { limit: 1000 });
export const responseFiguresQuery = get<ResponseFigures>('/response-figures', {}, {}, 5 * 60_000);
export const jobsQuery = get<Page<WatchedJob>>('/heartbeats');
export const rotasQuery = get<Page<Rota>>('/rotas');
export const escalationsQuery = get<Page<Escalation>>('/escalations');
export const silencesQuery = all<Silence>('/silences', {}, { limit: 1000 });

/** Links to other systems: they change seldom, and every page asks for them. */
export const linksQuery = get<Page<LinkTemplate>>('/links', {}, {}, 5 * 60_000);

export const digestsQuery = get<Page<Digest>>('/digests');

export const deliveriesQuery = (channel: string) =>
  get<Page<Delivery>>('/channels/:channel/deliveries', { channel }, { limit: 50 });
export interface RejectFilter extends Record<string, QueryValue> {
  readonly kind?: string;
  readonly model?: string;
  readonly code?: string;
}
export const rejectsQuery = (filter: RejectFilter = {}) => pages<Reject>('/rejects', {}, filter, 200);
export const rejectGroupsQuery = get<CountedPage<RejectGroup>>('/rejects/reasons');
export const statusQuery = get<Status>('/status', {}, {}, 30_000);
export const privacyQuery = get<ServerPrivacy>('/privacy', {}, {}, 5 * 60_000);
export const drillsQuery = get<Page<Drill>>('/drills', {}, { limit: 200 }, 5 * 60_000);
export const drillQuery = (id: string) => get<DrillDetail>('/drills/:id', { id }, {}, 5 * 60_000);
/** Where the report of a drill lies. */
export const drillReportOf = (id: string) => address('/drills/:id/report', { id });
export const scrapeTargetsQuery = get<ScrapeTargets>('/scrape-targets');
export const storageQuery = get<Storage>('/storage', {}, {}, 5 * 60_000);
