import { category, text } from '../../events/columns/common.ts';
import { map } from '../../events/columns/map-column.ts';
import { attributesOf, cut, textOf } from '../otlp/attributes.ts';
import type { LogRecord, Long64 } from '../otlp/messages.ts';
import { INFERENCE_EVENT } from '../predictions.ts';
import { nanos, whole } from '../tables/columns.ts';
import { idOf, SPAN_BYTES, TRACE_BYTES } from './ids.ts';
import type { TelemetryKind } from './kind.ts';
import { requireRecent } from './moments.ts';

/** Characters of a log line that are kept. */
const BODY_LENGTH = 65_536;
const NAME_LENGTH = 512;
const BESIDE = 200;

export const logs: TelemetryKind = {
  id: 'logs',
  path: '/v1/logs',
  service: 'opentelemetry.proto.collector.logs.v1.LogsService',
  summary: 'Store log records (OTLP)',
  lists: ['resourceLogs', 'scopeLogs', 'logRecords'],
  rejected: 'rejectedLogRecords',
  tables: ['otel_logs'],
  add(found, { open, now, shortened, predict }) {
    const record = found.decode<LogRecord>('LogRecord');
    const [resource, scope] = [found.resource(), found.scope()];
    const trace = idOf(record.traceId, TRACE_BYTES, 'the trace id of a log record');
    const span = idOf(record.spanId, SPAN_BYTES, 'the span id of a log record');
    const time = isSet(record.timeUnixNano) ? record.timeUnixNano : record.observedTimeUnixNano;
    requireRecent(time, now, 'the time of a log record');
    // Its values are stored as those of predictions are, under the rules for them, and not beside them.
    if (record.eventName === INFERENCE_EVENT)
      return predict({ attributes: record.attributes, resource, time, trace, span });
    const batch = open('otel_logs');
    const row = batch.rows;
    batch.addId('');
    batch.column('Timestamp', nanos).set(row, time);
    if (trace !== '') batch.column('TraceId', text).set(row, trace);
    if (span !== '') batch.column('SpanId', text).set(row, span);
    batch.column('TraceFlags', whole).set(row, record.flags & 0xff);
    batch.column('SeverityText', category).set(row, cut(record.severityText, NAME_LENGTH, shortened));
    batch.column('SeverityNumber', whole).set(row, Math.min(255, Math.max(0, record.severityNumber)));
    batch.column('ServiceName', category).set(row, cut(resource.service, NAME_LENGTH, shortened));
    batch.column('Body', text).set(row, cut(textOf(record.body), BODY_LENGTH, shortened));
    if (resource.schemaUrl !== '') batch.column('ResourceSchemaUrl', category).set(row, resource.schemaUrl);
    batch.column('ResourceAttributes', map).set(row, resource.attributes);
    if (scope.schemaUrl !== '') batch.column('ScopeSchemaUrl', category).set(row, scope.schemaUrl);
    if (scope.name !== '')
      batch.column('ScopeName', category).set(row, cut(scope.name, NAME_LENGTH, shortened));
    if (scope.version !== '')
      batch.column('ScopeVersion', category).set(row, cut(scope.version, NAME_LENGTH, shortened));
    batch.column('ScopeAttributes', map).set(row, scope.attributes);
    batch.column('LogAttributes', map).set(row, attributesOf(record.attributes, shortened));
    batch.bytes += found.bytes + BESIDE;
  },
};

const isSet = ({ low, high }: Long64): boolean => low !== 0 || high !== 0;
