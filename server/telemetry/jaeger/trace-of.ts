import type { JaegerSpan, JaegerTag, JaegerTrace } from '../../../contract/jaeger.ts';

type Attributes = Readonly<Record<string, string>>;

/** A span as it is stored; times in microseconds since 1970, its duration in microseconds. */
export interface SpanRow {
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
  readonly state: string;
  readonly name: string;
  /** In lower case; `unspecified` is none. */
  readonly kind: string;
  readonly service: string;
  readonly resource: Attributes;
  readonly scope: string;
  readonly scope_version: string;
  readonly attributes: Attributes;
  readonly start: number;
  readonly duration: number;
  readonly status: string;
  readonly status_message: string;
  readonly event_names: readonly string[];
  readonly event_times: readonly number[];
  readonly event_attributes: readonly Attributes[];
  readonly link_traces: readonly string[];
  readonly link_spans: readonly string[];
  /** Spans that its trace has. */
  readonly n: number;
  /** Whether it may have more than that: 1 or 0. */
  readonly more: number;
}

/**
 * A trace in Jaeger's JSON, by OpenTelemetry's rules for Jaeger (specification, "OpenTelemetry to Jaeger Transformation"): kind, status and scope
 * are tags, events logs, links references, resources processes. Attributes are texts, as they are stored. One row at least.
 */
export function traceOf(rows: readonly SpanRow[]): JaegerTrace {
  const processes = new Map<string, string>();
  const spans = rows.map((row) => {
    const { 'service.name': _, ...resource } = row.resource;
    const process = JSON.stringify({ serviceName: row.service, tags: tagsOf(resource) });
    if (!processes.has(process)) processes.set(process, `p${processes.size + 1}`);
    return spanOf(row, processes.get(process)!);
  });
  const { trace, n, more } = rows[0]!;
  return {
    traceID: trace,
    spans,
    processes: Object.fromEntries([...processes].map(([process, id]) => [id, JSON.parse(process)])),
    warnings:
      n > rows.length ? [`The first ${rows.length} of ${more ? 'at least ' : ''}${n} spans are shown`] : null,
  };
}

function spanOf(row: SpanRow, processID: string): JaegerSpan {
  const { trace, id, parent, link_traces, link_spans } = row;
  const child = { refType: 'CHILD_OF' as const, traceID: trace, spanID: parent };
  const links = link_traces.map((traceID, i) => ({
    ...{ refType: 'FOLLOWS_FROM' as const, traceID, spanID: link_spans[i]! },
  }));
  return {
    ...{ traceID: trace, spanID: id, operationName: row.name, startTime: row.start, duration: row.duration },
    references: [...(parent === '' ? [] : [child]), ...links],
    tags: [
      ...tagsOf({ 'otel.scope.name': row.scope, 'otel.scope.version': row.scope_version }, isSaid),
      ...tagsOf(row.attributes),
      ...tagsOf({ 'span.kind': row.kind === 'unspecified' ? '' : row.kind }, isSaid),
      ...statusOf(row),
      ...tagsOf({ 'w3c.tracestate': row.state }, isSaid),
    ],
    logs: row.event_names.map((name, i) => ({
      timestamp: row.event_times[i]!,
      fields: tagsOf({ event: name, ...row.event_attributes[i] }),
    })),
    processID,
    warnings: null,
  };
}

function statusOf({ status, status_message }: SpanRow): JaegerTag[] {
  const said = status === 'OK' || status === 'ERROR' ? status : '';
  return [
    ...tagsOf({ 'otel.status_code': said, 'otel.status_description': status_message }, isSaid),
    ...(said === 'ERROR' ? [{ key: 'error', type: 'bool' as const, value: true }] : []),
  ];
}

const isSaid = (value: string): boolean => value !== '';

const tagsOf = (attributes: Attributes, shown: (value: string) => boolean = () => true): JaegerTag[] =>
  Object.entries(attributes)
    .filter(([, value]) => shown(value))
    .map(([key, value]) => ({ key, type: 'string', value }));
