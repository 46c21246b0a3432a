import { rfc3339 } from '../../contract/time.ts';
import { lakeTable } from '../store/lake/layout.ts';
import { among, anyOf, type Condition, inLake, type OfSubject, type Reach } from '../store/of-subject.ts';
import { MODEL_ATTRIBUTE } from './predictions.ts';

/** The moment of a row, by table. */
const timeOf = (table: string): string => (table.startsWith('otel_metrics') ? 'TimeUnix' : 'Timestamp');

/** What was before a moment, by table. Parameter: before. */
export const beforeOf = (table: string) =>
  `${timeOf(table)} < fromUnixTimestamp64Milli({before:Int64}, 'UTC')`;

/** Names the model, or none and is of a service that bears its name. Parameters: attribute, model. */
export const ITS_OWN =
  "(ResourceAttributes[{attribute:String}] = {model:String} OR ResourceAttributes[{attribute:String}] = '' AND ServiceName = {model:String})";

const NAMED_NO_OTHER = "ResourceAttributes[{attribute:String}] IN ({model:String}, '')";

/** Attributes that tell the id of a prediction, and of a request. */
const IDS = ['ml.inference.id', 'prediction.id', 'prediction_id'];
const REQUESTS = ['ml.inference.request_id', 'request.id', 'request_id', 'http.request.id'];

/** Names of attributes that are looked at. */
const MOST_NAMES = 1_000;

/** Where a table has what people put into a record. */
interface Attributes {
  /** Whether any of the maps of a row is as `test` says of one. */
  readonly any: (test: (map: string) => string) => string;
  /** The names in all of them. */
  readonly names: string;
}

const IN_SPANS: Attributes = {
  any: (test) => `(${test('SpanAttributes')} OR arrayExists(a -> ${test('a')}, Events.Attributes))`,
  names: 'arrayConcat(mapKeys(SpanAttributes), arrayFlatten(arrayMap(a -> mapKeys(a), Events.Attributes)))',
};
const IN_LOGS: Attributes = { any: (test) => test('LogAttributes'), names: 'mapKeys(LogAttributes)' };

const bare = (column: string) => column.replace(/^_tags\./, '');

/** By what was asked for: the model's own records with every such value in an attribute that is called as the column or tag. */
function asked(table: string, { any }: Attributes, { where }: Reach): Condition | undefined {
  if (where.length === 0) return undefined;
  const all = (map: string) =>
    where.map((_, i) => `${map}[{n${i}:String}] IN ({v${i}:Array(String)})`).join(' AND ');
  const values = where.flatMap(({ column, values }, i) => [
    [`n${i}`, bare(column)] as const,
    [`v${i}`, values] as const,
  ]);
  return {
    sql: `(${ITS_OWN} AND ${beforeOf(table)} AND ${any((map) => `(${all(map)})`)})`,
    params: { attribute: MODEL_ATTRIBUTE, ...Object.fromEntries(values) },
  };
}

/** By its traces, unless they name another model; the model's own by ids, and by texts that nobody else has. */
function led(table: string, { any }: Attributes, reach: Reach): Condition | undefined {
  const { ids, requests, own, traces, bound } = reach;
  const called = (names: readonly string[], name: string, values: readonly string[]) =>
    among('', name, values) && {
      sql: any(
        (map) => `(${names.map((each) => `${map}['${each}'] IN ({${name}:Array(String)})`).join(' OR ')})`,
      ),
      params: { [name]: values },
    };
  const texts = own.map(({ column, values }, i) => ({
    sql: any((map) => `${map}[{c${i}:String}] IN ({o${i}:Array(String)})`),
    params: { [`c${i}`]: bare(column), [`o${i}`]: values },
  }));
  const itsOwn = anyOf([called(IDS, 'found', ids), called(REQUESTS, 'requests', requests), ...texts]);
  const ofTraces = among('TraceId', 'traces', traces);
  const either = anyOf([
    ofTraces && { ...ofTraces, sql: `(${ofTraces.sql} AND ${bound ? ITS_OWN : NAMED_NO_OTHER})` },
    itsOwn && { ...itsOwn, sql: `(${ITS_OWN} AND ${itsOwn.sql})` },
  ]);
  return (
    either && {
      sql: `(${beforeOf(table)} AND ${either.sql})`,
      params: { ...either.params, attribute: MODEL_ATTRIBUTE },
    }
  );
}

function namesIn(table: string, { names }: Attributes): NonNullable<OfSubject['names']> {
  return async ({ lake }, { model, before }) => {
    const rows = await lake.query<{ name: string }>(
      `SELECT DISTINCT arrayJoin(${names}) AS name FROM ${lakeTable(table)} WHERE ${ITS_OWN} AND ${beforeOf(table)} LIMIT ${MOST_NAMES}`,
      { attribute: MODEL_ATTRIBUTE, model, before },
      { background: true },
    );
    return rows.map(({ name }) => name);
  };
}

type Timed = { readonly at: number };

const dated = ({ at, ...row }: Timed) => ({ ...row, time: rfc3339(Math.floor(Number(at))) });

const BOTH =
  'TraceId AS trace_id, SpanId AS span_id, ServiceName AS service, toUnixTimestamp64Milli(Timestamp) AS at';

/** Spans and log records of somebody, by table. */
export const OF_SUBJECT: Readonly<Record<string, OfSubject>> = {
  otel_traces: inLake<Timed>({
    ...{ type: 'span', table: 'otel_traces', names: namesIn('otel_traces', IN_SPANS), shown: dated },
    asked: (reach) => asked('otel_traces', IN_SPANS, reach),
    led: (reach) => led('otel_traces', IN_SPANS, reach),
    select: `${BOTH}, SpanName AS name, Duration / 1000000 AS duration_ms, StatusCode AS status, StatusMessage AS status_message,
      SpanAttributes AS attributes, Events.Name AS event_names, Events.Attributes AS event_attributes`,
    key: 'TraceId, SpanId, Timestamp',
  }),
  otel_logs: inLake<Timed>({
    ...{ type: 'log', table: 'otel_logs', names: namesIn('otel_logs', IN_LOGS), shown: dated },
    asked: (reach) => asked('otel_logs', IN_LOGS, reach),
    led: (reach) => led('otel_logs', IN_LOGS, reach),
    select: `${BOTH}, SeverityText AS severity, Body AS body, LogAttributes AS attributes`,
    key: 'TraceId, SpanId, Timestamp, Body',
  }),
};
