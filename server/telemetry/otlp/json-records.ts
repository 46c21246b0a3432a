import { TiltmeterError } from '../../../contract/errors.ts';
import { opensMoreThan } from '../../json-scan.ts';
import { attributesOf, type Shortened } from './attributes.ts';
import { messageType, type Scope } from './messages.ts';
import { type Found, type MetricOf, once, POINT_SHAPES, type ResourceOf, type ScopeOf } from './record.ts';

/** Of a body in JSON, which is parsed as a whole; senders of more send protobuf. */
export const JSON_BYTES = 4 * 1024 * 1024;
/** Objects and lists that it may be made of: they are what a parser makes gigabytes of. */
const MOST_OPENS = 300_000;

/** What lists are called in the JSON of a kind: resources, scopes, records. */
export type ListNames = readonly [resources: string, scopes: string, records: string];

type Plain = Readonly<Record<string, unknown>>;

/** The body as an object. Errors: invalid_json, body_too_large. */
export function parseRequest(body: Buffer): Plain {
  if (body.length > JSON_BYTES)
    throw new TiltmeterError(
      'body_too_large',
      `a body in JSON may have ${JSON_BYTES} bytes; protobuf may have more`,
    );
  const text = body.toString('utf8');
  if (opensMoreThan(text, MOST_OPENS))
    throw new TiltmeterError(
      'body_too_large',
      `the body is made of more than ${MOST_OPENS} objects and lists`,
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new TiltmeterError('invalid_json', undefined, { cause: error });
  }
  if (!isPlain(parsed)) throw new TiltmeterError('invalid_json', 'the body is not one JSON object');
  return parsed;
}

/** The records of a request in OTLP's JSON, in their order; as protobufRecords. Errors: invalid_request where a list is none. */
export function* jsonRecords(
  request: Plain,
  [resources, scopes, records]: ListNames,
  ofMetrics: boolean,
  shortened: Shortened,
): Generator<Found> {
  for (const resource of listOf(request, resources)) {
    const resourceOf = once(() => resourceFrom(resource, shortened));
    for (const scope of listOf(resource, scopes)) {
      const found = { resource: resourceOf, scope: once(() => scopeFrom(scope, shortened)) };
      for (const record of listOf(scope, records)) {
        if (!ofMetrics) yield { ...found, ...decodable(record) };
        else
          for (const { metric, point } of pointsOf(record)) yield { ...found, metric, ...decodable(point) };
      }
    }
  }
}

function* pointsOf(record: Plain) {
  for (const shape of POINT_SHAPES) {
    const container = record[shape];
    if (!isPlain(container)) continue;
    const metric = once(
      (): MetricOf => ({
        name: textOf(record.name),
        description: textOf(record.description),
        unit: textOf(record.unit),
        shape,
        temporality: TEMPORALITIES[String(container.aggregationTemporality ?? 0)] ?? 0,
        monotonic: container.isMonotonic === true,
      }),
    );
    for (const point of listOf(container, 'dataPoints')) yield { metric, point };
  }
}

/** Enums come as their numbers; some senders write their names. */
const TEMPORALITIES: Readonly<Record<string, number>> = {
  1: 1,
  2: 2,
  AGGREGATION_TEMPORALITY_DELTA: 1,
  AGGREGATION_TEMPORALITY_CUMULATIVE: 2,
};

function decodable(record: Plain): Pick<Found, 'bytes' | 'decode'> {
  return { bytes: 0, decode: <Message>(type: string) => fromObject<Message>(type, withIds(record)) };
}

function resourceFrom(resource: Plain, shortened: Shortened): ResourceOf {
  const own = fromObject<{ attributes: Scope['attributes'] }>('Resource', partOf(resource, 'resource'));
  const attributes = attributesOf(own.attributes, shortened);
  return { attributes, service: attributes.get('service.name') ?? '', schemaUrl: textOf(resource.schemaUrl) };
}

function scopeFrom(scope: Plain, shortened: Shortened): ScopeOf {
  const { name, version, attributes, droppedAttributesCount } = fromObject<Scope>(
    'Scope',
    partOf(scope, 'scope'),
  );
  return {
    ...{ name, version, droppedAttributesCount },
    attributes: attributesOf(attributes, shortened),
    schemaUrl: textOf(scope.schemaUrl),
  };
}

function fromObject<Message>(type: string, value: Plain): Message {
  try {
    return messageType(type).fromObject(value) as unknown as Message;
  } catch (error) {
    throw new TiltmeterError('invalid_telemetry', `a ${type} has a value of the wrong type`, {
      cause: error,
    });
  }
}

/** Ids are hexadecimal in OTLP's JSON, where other bytes are base64. */
const IDS: ReadonlySet<string> = new Set(['traceId', 'spanId', 'parentSpanId']);

function withIds(record: Plain): Plain {
  const converted: Record<string, unknown> = { ...record };
  for (const [name, value] of Object.entries(record)) {
    if (IDS.has(name)) converted[name] = bytesOf(name, value);
    else if ((name === 'links' || name === 'exemplars') && Array.isArray(value))
      converted[name] = value.map((each) => (isPlain(each) ? withIds(each) : each));
  }
  return converted;
}

function bytesOf(name: string, value: unknown): Buffer {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (typeof value !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(value))
    throw new TiltmeterError('invalid_telemetry', `${name} is not hexadecimal`);
  return Buffer.from(value, 'hex');
}

function listOf(of: Plain, name: string): readonly Plain[] {
  const list = of[name];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every(isPlain))
    throw new TiltmeterError('invalid_request', `${name} is not a list of objects`);
  return list;
}

function partOf(of: Plain, name: string): Plain {
  const part = of[name];
  return isPlain(part) ? part : {};
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 1024) : '');
