import fc from 'fast-check';
import { TELEMETRY_KINDS } from '../../server/telemetry/kinds/index.ts';
import { messageType } from '../../server/telemetry/otlp/messages.ts';
import { type BodyRequest, damaged, packed } from './body-request.ts';
import { wireFields, within } from './wire-fields.ts';

type Plain = Record<string, unknown>;

/** A message for a door of OTLP. */
export interface TelemetryMessage {
  readonly kind: (typeof TELEMETRY_KINDS)[number];
  readonly body: Buffer;
  readonly json: boolean;
}

const USUAL = ['json', 'json', 'protobuf', 'protobuf', 'fields', 'bytes'] as const;

/** Nearly right telemetry, fields of any number and form, any bytes; in both encodings where `shapes` does not say otherwise. */
export function anyMessage(
  shapes: readonly (typeof USUAL)[number][] = USUAL,
): fc.Arbitrary<TelemetryMessage> {
  return fc
    .record({
      kind: fc.constantFrom(...TELEMETRY_KINDS),
      json: records(true),
      protobuf: records(false),
      fields: wireFields(),
      bytes: fc.uint8Array({ maxLength: 200 }),
      shape: fc.constantFrom(...shapes),
    })
    .map(({ kind, json, protobuf, fields, bytes, shape }) => {
      const { id, lists } = kind;
      let body: Buffer = Buffer.from(bytes);
      if (shape === 'fields') body = fields;
      if (shape === 'protobuf') body = encoded(protobuf[id], protobuf.resource, id);
      if (shape === 'json') {
        const scope = { scope: { name: 's' }, [lists[2]]: json[id] };
        body = Buffer.from(
          JSON.stringify({ [lists[0]]: [{ resource: json.resource, [lists[1]]: [scope] }] }),
        );
      }
      return { kind, body, json: shape === 'json' };
    });
}

/** The same for a door of OTLP over HTTP, whole or not, and what its sender says of it. */
export function anyTelemetry(): fc.Arbitrary<BodyRequest> {
  return fc
    .record({
      message: anyMessage(),
      type: fc.constantFrom('', '', '', '', 'application/json', 'application/x-protobuf', 'text/plain'),
      damage: damaged(),
      pack: packed(),
    })
    .map(({ message: { kind, body, json }, type, damage, pack }) => {
      const usual = json ? 'application/json' : 'application/x-protobuf';
      const sent = pack(damage(body));
      return {
        path: kind.path,
        body: sent.body,
        headers: { ...sent.headers, 'content-type': type || usual },
      };
    });
}

/** Records of each kind, and the resource that they are of. Ids are hexadecimal in JSON and bytes elsewhere. */
function records(json: boolean) {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 10 }));
  const odd = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
    json ? fc.oneof({ weight: 15, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() }) : usual;
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-06-01'), noInvalidDate: true });
  const nanos = fc.oneof(
    { weight: 9, arbitrary: moment.map((at) => `${at.getTime()}000000`) },
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String) },
  );
  const id = (bytes: number) =>
    fc
      .oneof(
        { weight: 9, arbitrary: fc.uint8Array({ minLength: bytes, maxLength: bytes }) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: bytes }) },
      )
      .map((each) => (json ? Buffer.from(each).toString('hex') : Buffer.from(each)));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ stringValue: text }),
      fc.record({ doubleValue: fc.double() }),
      fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
      fc.record({ boolValue: fc.boolean() }),
      fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
      fc.record({
        kvlistValue: fc.record({
          values: fc.array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 }),
        }),
      }),
    ),
  }));
  const key = fc.oneof(
    text,
    fc.constantFrom(
      ...['service.name', 'tiltmeter.model', 'ml.model.name', 'ml.inference.id', 'ml.inference.prediction'],
      ...[
        'ml.inference.feature.a',
        'ml.inference.feature.größe',
        'ml.inference.probability.yes',
        '__proto__',
      ],
      ...['ml.inference.tag.b', 'ml.inference.duration', 'ml.inference.score', 'error.type'],
    ),
  );
  const attributes = odd(fc.array(fc.record({ key: odd(key), value: odd(value) }), { maxLength: 6 }));
  const name = odd(fc.oneof(text, fc.constant('ml.inference')));
  const some = (model: Record<string, fc.Arbitrary<unknown>>) =>
    fc.array(fc.record(model, { requiredKeys: [] }), { maxLength: 4 });
  const ids = { traceId: odd(id(16)), spanId: odd(id(8)) };
  const point = { timeUnixNano: odd(nanos), startTimeUnixNano: odd(nanos), attributes, flags: odd(fc.nat()) };
  const numbers = odd(fc.array(odd(fc.double()), { maxLength: 5 }));
  const counts = odd(fc.array(odd(fc.nat()), { maxLength: 5 }));
  const number = {
    ...point,
    asDouble: odd(fc.double()),
    exemplars: some({ ...ids, asDouble: odd(fc.double()) }),
  };
  const sums = { ...point, count: odd(fc.nat()), sum: odd(fc.double()), min: odd(fc.double()) };
  const buckets = odd(fc.record({ offset: fc.integer(), bucketCounts: counts }));
  const dataPoints = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record({ dataPoints: some(model) });
  return fc.record({
    resource: fc.record({ attributes }, { requiredKeys: [] }),
    traces: some({
      ...ids,
      ...{ name, parentSpanId: odd(id(8)), kind: odd(fc.integer()), attributes, traceState: odd(text) },
      ...{ startTimeUnixNano: odd(nanos), endTimeUnixNano: odd(nanos) },
      events: odd(some({ timeUnixNano: odd(nanos), name, attributes })),
      links: odd(some({ ...ids, attributes })),
      status: odd(fc.record({ message: text, code: fc.integer({ min: -1, max: 9 }) })),
    }),
    logs: some({
      ...ids,
      ...{ timeUnixNano: odd(nanos), observedTimeUnixNano: odd(nanos), severityNumber: odd(fc.integer()) },
      ...{ severityText: odd(text), body: odd(value), attributes, eventName: name },
    }),
    metrics: some({
      ...{ name, description: odd(text), unit: odd(text) },
      gauge: odd(dataPoints(number)),
      sum: odd(dataPoints(number)),
      histogram: odd(dataPoints({ ...sums, bucketCounts: counts, explicitBounds: numbers })),
      exponentialHistogram: odd(dataPoints({ ...sums, scale: odd(fc.integer()), positive: buckets })),
      summary: odd(
        dataPoints({ ...sums, quantileValues: odd(some({ quantile: fc.double(), value: fc.double() })) }),
      ),
    }),
  });
}

const TYPES = { traces: 'Span', logs: 'LogRecord' } as const;
const SHAPES = {
  gauge: [5, 'NumberDataPoint'],
  sum: [7, 'NumberDataPoint'],
  histogram: [9, 'HistogramDataPoint'],
  exponentialHistogram: [10, 'ExponentialHistogramDataPoint'],
  summary: [11, 'SummaryDataPoint'],
} as const;

/** A request of one resource and one scope, in protobuf. */
function encoded(list: readonly Plain[], resource: Plain, kind: 'traces' | 'logs' | 'metrics'): Buffer {
  const each = kind === 'metrics' ? list.map(metric) : list.map((record) => message(TYPES[kind], record));
  return within(
    1,
    within(1, message('Resource', resource)),
    within(2, ...each.map((record) => within(2, record))),
  );
}

function metric(record: Plain): Buffer {
  const shapes = Object.entries(SHAPES).map(([shape, [field, type]]) => {
    const { dataPoints = [] } = (record[shape] ?? {}) as { dataPoints?: Plain[] };
    return within(field, ...dataPoints.map((point) => within(1, message(type, point))));
  });
  return Buffer.concat([message('Metric', { name: record.name, unit: record.unit }), ...shapes]);
}

const message = (type: string, value: Plain) =>
  Buffer.from(messageType(type).encode(messageType(type).fromObject(value)).finish());
