import type { JaegerOperation } from '../../../contract/jaeger.ts';
import type { Ctx } from '../../context.ts';
import type { SpanRow } from './trace-of.ts';
import type { TimeSpan, Wanted } from './wanted.ts';

/** Names in a list of services, or of operations. */
const MOST_NAMES = 2000;
/** Spans that are counted for one answer: each trace has its share of them, so that a large one pushes none out. */
const MOST_ROWS = 100_000;
/** Spans beside those that were searched for may lie this far off in time. */
const AROUND_US = 3_600e6;

/** Services that sent spans, by name. */
export async function readServices(ctx: Ctx, when: TimeSpan): Promise<readonly string[]> {
  const rows = await ctx.lake.query<{ name: string }>(
    `SELECT DISTINCT ServiceName AS name FROM tiltmeter.otel_traces WHERE ${BETWEEN} AND name != '' ORDER BY name LIMIT ${MOST_NAMES}`,
    { ...when },
  );
  return rows.map(({ name }) => name);
}

/** The operations of a service and the kinds of their spans; an empty kind: of any. */
export function readOperations(
  ctx: Ctx,
  when: TimeSpan & { readonly service: string; readonly kind: string },
): Promise<readonly JaegerOperation[]> {
  return ctx.lake.query<JaegerOperation>(
    `SELECT DISTINCT SpanName AS name, ${KIND} AS spanKind FROM tiltmeter.otel_traces
      WHERE ${BETWEEN} AND ServiceName = {service:String} AND ({kind:String} = '' OR ${KIND} = {kind:String})
      ORDER BY name, spanKind LIMIT ${MOST_NAMES}`,
    { ...when },
  );
}

/** Ids of the newest traces with a span that is as wanted, newest first. */
export async function findTraces(ctx: Ctx, { tags, ...wanted }: Wanted): Promise<readonly string[]> {
  const rows = await ctx.lake.query<{ id: string }>(
    `SELECT TraceId AS id FROM tiltmeter.otel_traces
      WHERE ${BETWEEN} AND TraceId != '' AND ServiceName = {service:String} AND ({operation:String} = '' OR SpanName = {operation:String})
        AND Duration BETWEEN {shortest:UInt64} AND {longest:UInt64} AND ${TAGGED}
      GROUP BY id ORDER BY max(Timestamp) DESC, id LIMIT {limit:UInt32}`,
    { ...wanted, keys: [...tags.keys()], values: [...tags.values()] },
  );
  return rows.map(({ id }) => id);
}

/** The spans of traces by time, each once, at most `each` of a trace; `n` of a row: how many its trace has, or `counted` of them where it has more. */
export function readSpans(
  ctx: Ctx,
  ids: readonly string[],
  { from, to }: TimeSpan,
  each: number,
): Promise<readonly SpanRow[]> {
  const when = { from: Math.max(0, from - AROUND_US), to: to + AROUND_US };
  const counted = Math.max(each + 1, Math.floor(MOST_ROWS / ids.length));
  return ctx.lake.query<SpanRow>(SPANS, { ids, each, counted, ...when });
}

export const BETWEEN = `Timestamp BETWEEN fromUnixTimestamp64Micro({from:Int64}, 'UTC') AND fromUnixTimestamp64Micro({to:Int64}, 'UTC')`;

/** Collectors of some versions write SPAN_KIND_SERVER for Server, and STATUS_CODE_ERROR for Error. */
const KIND = `replaceOne(lower(SpanKind), 'span_kind_', '')`;
const STATUS = `replaceOne(upper(StatusCode), 'STATUS_CODE_', '')`;

/** What Jaeger has as tags and OpenTelemetry as fields is looked for in these. */
const TAGGED = `arrayAll((key, value) -> multiIf(
  key = 'error', (value = 'true') = (${STATUS} = 'ERROR'),
  key = 'otel.status_code', ${STATUS} = upper(value),
  key = 'span.kind', ${KIND} = value,
  key = 'otel.scope.name', ScopeName = value,
  SpanAttributes[key] = value OR ResourceAttributes[key] = value
), {keys:Array(String)}, {values:Array(String)})`;

const SPANS = `SELECT *, count() OVER (PARTITION BY trace) AS n, n = {counted:UInt32} AS more FROM (SELECT * FROM (
  SELECT TraceId AS trace, SpanId AS id, ParentSpanId AS parent, TraceState AS state, SpanName AS name, ${KIND} AS kind,
    ServiceName AS service, ResourceAttributes AS resource, ScopeName AS scope, ScopeVersion AS scope_version, SpanAttributes AS attributes,
    toUnixTimestamp64Micro(Timestamp) AS start, intDiv(Duration, 1000) AS duration, ${STATUS} AS status, StatusMessage AS status_message,
    Events.Name AS event_names, arrayMap(t -> toUnixTimestamp64Micro(t), Events.Timestamp) AS event_times, Events.Attributes AS event_attributes,
    Links.TraceId AS link_traces, Links.SpanId AS link_spans
  FROM tiltmeter.otel_traces WHERE TraceId IN {ids:Array(String)} AND ${BETWEEN}
  ORDER BY start, id LIMIT 1 BY trace, id
) ORDER BY start, id LIMIT {counted:UInt32} BY trace) ORDER BY start, id LIMIT {each:UInt32} BY trace`;
