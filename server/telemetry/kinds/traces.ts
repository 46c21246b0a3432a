import { category, text } from '../../events/columns/common.ts';
import { map } from '../../events/columns/map-column.ts';
import { attributesOf, cut, unsigned, VALUE_LENGTH } from '../otlp/attributes.ts';
import type { Long64, Span } from '../otlp/messages.ts';
import { INFERENCE_EVENT } from '../predictions.ts';
import { list, nanos, whole } from '../tables/columns.ts';
import { mentionedId, requiredId, SPAN_BYTES, TRACE_BYTES } from './ids.ts';
import type { TelemetryKind } from './kind.ts';
import { requireRecent } from './moments.ts';

/** As the OpenTelemetry Collector writes them into ClickHouse. */
const KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const;
const STATUSES = ['Unset', 'Ok', 'Error'] as const;

/** Events and links of a span that are kept. */
const MOST_WITHIN = 128;

const NAME_LENGTH = 512;

/** Moment in nanoseconds, name, attributes. */
const EVENTS = 'Array(Tuple(Int64, String, Map(String, String)))';
/** Trace, span, state, attributes. */
const LINKS = 'Array(Tuple(String, String, String, Map(String, String)))';

/** The nth part of each item of a list of tuples. */
const part = (n: number) => (list: string) => `tupleElement(${list}, ${n})`;
const COLUMNS = {
  eventTimes: () => list(EVENTS, (all) => `arrayMap(x -> fromUnixTimestamp64Nano(x.1, 'UTC'), ${all})`),
  eventNames: () => list(EVENTS, part(2)),
  eventAttributes: () => list(EVENTS, part(3)),
  linkTraces: () => list(LINKS, part(1)),
  linkSpans: () => list(LINKS, part(2)),
  linkStates: () => list(LINKS, part(3)),
  linkAttributes: () => list(LINKS, part(4)),
};

export const traces: TelemetryKind = {
  id: 'traces',
  path: '/v1/traces',
  service: 'opentelemetry.proto.collector.trace.v1.TraceService',
  summary: 'Store spans (OTLP)',
  lists: ['resourceSpans', 'scopeSpans', 'spans'],
  rejected: 'rejectedSpans',
  tables: ['otel_traces'],
  add(found, { open, now, shortened, predict }) {
    const span = found.decode<Span>('Span');
    const [resource, scope] = [found.resource(), found.scope()];
    const trace = requiredId(span.traceId, TRACE_BYTES, 'the trace id of a span');
    const id = requiredId(span.spanId, SPAN_BYTES, 'the id of a span');
    requireRecent(span.startTimeUnixNano, now, 'the start of a span');
    const told = (event: Span['events'][number]) => event.name === INFERENCE_EVENT;
    for (const { attributes, timeUnixNano: time } of span.events.filter(told))
      predict({ attributes, resource, time, trace, span: id });
    const events = span.events.filter((event) => !told(event));
    const batch = open('otel_traces');
    const row = batch.rows;
    batch.addId('');
    batch.column('Timestamp', nanos).set(row, span.startTimeUnixNano);
    batch.column('TraceId', text).set(row, trace);
    batch.column('SpanId', text).set(row, id);
    const parent = mentionedId(span.parentSpanId, SPAN_BYTES);
    if (parent !== '') batch.column('ParentSpanId', text).set(row, parent);
    if (span.traceState !== '')
      batch.column('TraceState', text).set(row, cut(span.traceState, NAME_LENGTH, shortened));
    batch.column('SpanName', category).set(row, cut(span.name, NAME_LENGTH, shortened));
    batch.column('SpanKind', category).set(row, KINDS[span.kind] ?? KINDS[0]);
    batch.column('ServiceName', category).set(row, cut(resource.service, NAME_LENGTH, shortened));
    batch.column('ResourceAttributes', map).set(row, resource.attributes);
    if (scope.name !== '')
      batch.column('ScopeName', category).set(row, cut(scope.name, NAME_LENGTH, shortened));
    if (scope.version !== '')
      batch.column('ScopeVersion', category).set(row, cut(scope.version, NAME_LENGTH, shortened));
    batch.column('SpanAttributes', map).set(row, attributesOf(span.attributes, shortened));
    batch.column('Duration', whole).set(row, durationOf(span));
    batch.column('StatusCode', category).set(row, STATUSES[span.status?.code ?? 0] ?? STATUSES[0]);
    const message = span.status?.message ?? '';
    if (message !== '') batch.column('StatusMessage', text).set(row, cut(message, VALUE_LENGTH, shortened));
    addEvents();
    addLinks();
    batch.bytes += found.bytes + BESIDE;

    function addEvents(): void {
      if (events.length === 0) return;
      if (events.length > MOST_WITHIN) shortened.attributes += events.length - MOST_WITHIN;
      const json = listText(
        events
          .slice(0, MOST_WITHIN)
          .map((event) => [
            nanosText(event.timeUnixNano),
            JSON.stringify(cut(event.name, NAME_LENGTH, shortened)),
            JSON.stringify(Object.fromEntries(attributesOf(event.attributes, shortened))),
          ]),
      );
      batch.column('Events.Timestamp', COLUMNS.eventTimes).set(row, json);
      batch.column('Events.Name', COLUMNS.eventNames).set(row, json);
      batch.column('Events.Attributes', COLUMNS.eventAttributes).set(row, json);
    }

    function addLinks(): void {
      if (span.links.length === 0) return;
      if (span.links.length > MOST_WITHIN) shortened.attributes += span.links.length - MOST_WITHIN;
      const json = listText(
        span.links
          .slice(0, MOST_WITHIN)
          .map((link) => [
            JSON.stringify(mentionedId(link.traceId, TRACE_BYTES)),
            JSON.stringify(mentionedId(link.spanId, SPAN_BYTES)),
            JSON.stringify(cut(link.traceState, NAME_LENGTH, shortened)),
            JSON.stringify(Object.fromEntries(attributesOf(link.attributes, shortened))),
          ]),
      );
      batch.column('Links.TraceId', COLUMNS.linkTraces).set(row, json);
      batch.column('Links.SpanId', COLUMNS.linkSpans).set(row, json);
      batch.column('Links.TraceState', COLUMNS.linkStates).set(row, json);
      batch.column('Links.Attributes', COLUMNS.linkAttributes).set(row, json);
    }
  },
};

/** What a row costs in memory beside its own bytes. */
const BESIDE = 200;

/** Nanoseconds from start to end; 0 where the end lies before the start. */
function durationOf({ startTimeUnixNano: start, endTimeUnixNano: end }: Span): number {
  const high = (end.high >>> 0) - (start.high >>> 0);
  const nanoseconds = high * 4_294_967_296 + (end.low >>> 0) - (start.low >>> 0);
  return Math.min(Math.max(0, nanoseconds), Number.MAX_SAFE_INTEGER);
}

/** A moment as a number of JSON, exactly. */
function nanosText(moment: Long64): string {
  const near = unsigned(moment);
  return near <= Number.MAX_SAFE_INTEGER
    ? String(near)
    : String(BigInt.asIntN(64, (BigInt(moment.high >>> 0) << 32n) | BigInt(moment.low >>> 0)));
}

/** Tuples of JSON texts as one. */
function listText(tuples: readonly (readonly string[])[]): string {
  return `[${tuples.map((tuple) => `[${tuple.join(',')}]`).join(',')}]`;
}
