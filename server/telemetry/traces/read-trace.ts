import { rfc3339 } from '../../../contract/time.ts';
import type { TraceLog, TraceSpan } from '../../../contract/trace.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { MODEL_ATTRIBUTE } from '../predictions.ts';
import { inTree } from './in-tree.ts';

/** Spans, and log lines, that are shown of one trace. */
export const MOST_SHOWN = 500;

export interface Trace {
  /** Epoch milliseconds of its first span, or line. */
  readonly start: number;
  readonly durationMs: number;
  readonly spans: readonly TraceSpan[];
  readonly logs: readonly TraceLog[];
  readonly spanCount: number;
  readonly logCount: number;
}

interface SpanRow {
  readonly id: string;
  readonly parent: string;
  readonly name: string;
  readonly kind: string;
  readonly service: string;
  readonly start_us: number;
  readonly duration: number;
  readonly status: string;
  readonly status_message: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly event_names: readonly string[];
  readonly event_us: readonly number[];
  readonly event_attributes: readonly Readonly<Record<string, string>>[];
  readonly n: number;
}

interface LogRow extends Omit<TraceLog, 'offset_ms' | 'time' | 'span'> {
  readonly at_us: number;
  readonly own: number;
  readonly span: string;
  readonly n: number;
}

export interface Wanted {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Its spans and lines are shown first where there are more than can be, and stand where another sender used their ids. */
  readonly model: string;
  /** What is of these models alone is read; all of it when absent. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** What came of a trace between two moments, each span once; undefined where nothing did. */
export async function readTrace(
  { lake }: { readonly lake: Lake },
  id: string,
  { from, to, model, only }: Wanted,
): Promise<Trace | undefined> {
  const params = { id, from, to, own: [model], only: [...(only ?? [])], attribute: MODEL_ATTRIBUTE };
  const which = only === undefined ? '' : `AND ${isOf('only')}`;
  const [spans, logs] = await Promise.all([
    lake.query<SpanRow>(SPANS(which), params),
    lake.query<LogRow>(LOGS(which), params),
  ]);
  if (spans.length + logs.length === 0) return undefined;
  const beginning = Math.min(...spans.map(({ start_us }) => start_us), ...logs.map(({ at_us }) => at_us));
  const end = Math.max(
    ...spans.map(({ start_us, duration }) => start_us + duration / 1000),
    ...logs.map(({ at_us }) => at_us),
  );
  const offset = (microseconds: number) => (microseconds - beginning) / 1000;
  return {
    start: beginning / 1000,
    durationMs: (end - beginning) / 1000,
    spans: inTree(spans.map((row) => spanOf(row, offset))),
    logs: [...logs].sort(byTime).map(({ at_us, span, n: _, own: _own, ...log }) => ({
      ...log,
      offset_ms: offset(at_us),
      time: rfc3339(Math.floor(at_us / 1000)),
      span: span === '' ? null : span,
    })),
    spanCount: spans[0]?.n ?? 0,
    logCount: logs[0]?.n ?? 0,
  };
}

/** Whether anything at all came by OTLP. */
export async function isConnected({ lake }: { readonly lake: Lake }): Promise<boolean> {
  for (const table of ['tiltmeter.otel_traces', 'tiltmeter.otel_logs'])
    if ((await lake.query(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0) return true;
  return false;
}

const BETWEEN = (column: string) =>
  `TraceId = {id:String} AND ${column} BETWEEN fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

/** Names one of these models, or none and its service bears their name. */
const isOf = (models: 'own' | 'only') =>
  `(ResourceAttributes[{attribute:String}] IN {${models}:Array(String)} OR ResourceAttributes[{attribute:String}] = '' AND ServiceName IN {${models}:Array(String)})`;

const byTime = (a: LogRow, b: LogRow) => a.at_us - b.at_us;

/** Repeated requests store a span again. */
const SPANS = (which: string) => `SELECT *, count() OVER () AS n FROM (
  SELECT SpanId AS id, ParentSpanId AS parent, SpanName AS name, SpanKind AS kind, ServiceName AS service,
    toUnixTimestamp64Micro(Timestamp) AS start_us, Duration AS duration, StatusCode AS status, StatusMessage AS status_message, SpanAttributes AS attributes,
    Events.Name AS event_names, arrayMap(t -> toUnixTimestamp64Micro(t), Events.Timestamp) AS event_us, Events.Attributes AS event_attributes,
    ${isOf('own')} AS own
  FROM tiltmeter.otel_traces WHERE ${BETWEEN('Timestamp')} ${which}
  ORDER BY own DESC, Timestamp LIMIT 1 BY SpanId LIMIT 10000
) ORDER BY own DESC, start_us LIMIT ${MOST_SHOWN}`;

const LOGS = (which: string) => `SELECT *, count() OVER () AS n FROM (
  SELECT DISTINCT toUnixTimestamp64Micro(Timestamp) AS at_us, SeverityText AS severity, SeverityNumber AS severity_number, Body AS body,
    ServiceName AS service, SpanId AS span, LogAttributes AS attributes, ${isOf('own')} AS own
  FROM tiltmeter.otel_logs WHERE ${BETWEEN('Timestamp')} AND ${BETWEEN('TimestampTime')} ${which} ORDER BY own DESC, at_us LIMIT 10000
) ORDER BY own DESC, at_us LIMIT ${MOST_SHOWN}`;

function spanOf(row: SpanRow, offset: (microseconds: number) => number): Omit<TraceSpan, 'depth'> {
  const { id, parent, name, kind, service, start_us, duration, status, status_message, attributes } = row;
  return {
    ...{ id, parent: parent === '' ? null : parent, name, kind, service, status_message, attributes },
    offset_ms: offset(start_us),
    duration_ms: duration / 1e6,
    status: STATUSES[status] ?? 'unset',
    events: row.event_names.map((name, i) => ({
      name,
      offset_ms: offset(row.event_us[i]!),
      attributes: row.event_attributes[i]!,
    })),
  };
}

/** As the Collector writes them: older versions in other words. */
const STATUSES: Readonly<Record<string, TraceSpan['status']>> = {
  Ok: 'ok',
  STATUS_CODE_OK: 'ok',
  Error: 'error',
  STATUS_CODE_ERROR: 'error',
};
