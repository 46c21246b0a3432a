import { TiltmeterError } from '../../../contract/errors.ts';
import { attributesOf, type Shortened } from './attributes.ts';
import { type MetricHead, messageType, type Scope } from './messages.ts';
import { type Found, type MetricOf, once, type PointShape, type ResourceOf, type ScopeOf } from './record.ts';
import { type Field, fieldsOf } from './walk.ts';

/** Resources are field 1 of a request, scopes 2 of a resource, records 2 of a scope, for all three kinds; the points of a metric lie a level below. */
const ITSELF = 1;
const INSIDE = 2;
const SCHEMA_URL = 3;

/** In which field of a metric points of which shape lie. */
const SHAPES: Readonly<Record<number, PointShape>> = {
  5: 'gauge',
  7: 'sum',
  9: 'histogram',
  10: 'exponentialHistogram',
  11: 'summary',
};

/**
 * The records of a request in protobuf, in their order, none decoded. Errors: invalid_protobuf where what they lie in cannot be walked over;
 * a record that cannot be decoded throws when it is asked for, alone.
 */
export function* protobufRecords(body: Buffer, ofMetrics: boolean, shortened: Shortened): Generator<Found> {
  for (const resource of within(body, undefined, ITSELF)) {
    const resourceOf = once(() => decodeResource(body, resource, shortened));
    for (const scope of within(body, resource, INSIDE)) {
      const scopeOf = once(() => decodeScope(body, scope, shortened));
      for (const record of within(body, scope, INSIDE)) {
        const found = { resource: resourceOf, scope: scopeOf };
        if (!ofMetrics) yield { ...found, ...decodable(body, record) };
        else
          for (const { metric, point } of pointsOf(body, record))
            yield { ...found, metric, ...decodable(body, point) };
      }
    }
  }
}

/** How many records a request has, as far as `most`, without looking into any. Errors: invalid_protobuf. */
export function countRecords(body: Buffer, ofMetrics: boolean, most: number): number {
  let count = 0;
  for (const resource of within(body, undefined, ITSELF))
    for (const scope of within(body, resource, INSIDE))
      for (const record of within(body, scope, INSIDE)) {
        if (!ofMetrics) count++;
        else
          for (const shape of fieldsOf(body, record.from, record.to))
            if (SHAPES[shape.number] !== undefined && isMessage(shape))
              for (const _ of within(body, shape, ITSELF)) count++;
        if (count > most) return count;
      }
  return count;
}

function* within(body: Buffer, message: Field | undefined, number: number): Generator<Field> {
  for (const field of fieldsOf(body, message?.from, message?.to))
    if (field.number === number && isMessage(field)) yield field;
}

/** Whether a field has bytes of its own, and is no number that a broken sender wrote in its place. */
const isMessage = ({ value }: Field): boolean => value === undefined;

function* pointsOf(body: Buffer, record: Field) {
  for (const shape of fieldsOf(body, record.from, record.to)) {
    if (SHAPES[shape.number] === undefined || !isMessage(shape)) continue;
    const metric = once(() => decodeMetric(body, record, shape));
    for (const point of within(body, shape, ITSELF)) yield { metric, point };
  }
}

function decodable(body: Buffer, { from, to }: Field): Pick<Found, 'bytes' | 'decode'> {
  return {
    bytes: to - from,
    decode: <Message>(type: string) => decode<Message>(type, body.subarray(from, to)),
  };
}

function decode<Message>(type: string, bytes: Buffer): Message {
  try {
    return messageType(type).decode(bytes) as unknown as Message;
  } catch (error) {
    throw new TiltmeterError('invalid_telemetry', `the bytes of a ${type} cannot be read`, { cause: error });
  }
}

function decodeResource(body: Buffer, resource: Field, shortened: Shortened): ResourceOf {
  const { own, schemaUrl } = partsOf(body, resource);
  const { attributes: list } = decode<{ attributes: Scope['attributes'] }>('Resource', own);
  const attributes = attributesOf(list, shortened);
  return { attributes, service: attributes.get('service.name') ?? '', schemaUrl };
}

function decodeScope(body: Buffer, scope: Field, shortened: Shortened): ScopeOf {
  const { own, schemaUrl } = partsOf(body, scope);
  const { name, version, attributes, droppedAttributesCount } = decode<Scope>('Scope', own);
  return {
    name,
    version,
    droppedAttributesCount,
    attributes: attributesOf(attributes, shortened),
    schemaUrl,
  };
}

/** What a list of records says of them all. */
function partsOf(body: Buffer, message: Field): { own: Buffer; schemaUrl: string } {
  let own: Buffer = Buffer.alloc(0);
  let schemaUrl = '';
  for (const field of fieldsOf(body, message.from, message.to)) {
    if (!isMessage(field)) continue;
    if (field.number === ITSELF) own = body.subarray(field.from, field.to);
    if (field.number === SCHEMA_URL)
      schemaUrl = body.toString('utf8', field.from, Math.min(field.to, field.from + 256));
  }
  return { own, schemaUrl };
}

/** A metric without its points: they are what makes it large. */
function decodeMetric(body: Buffer, record: Field, shape: Field): MetricOf {
  const head = { name: '', description: '', unit: '' };
  const names: Readonly<Record<number, keyof MetricHead>> = { 1: 'name', 2: 'description', 3: 'unit' };
  for (const field of fieldsOf(body, record.from, record.to)) {
    const name = names[field.number];
    if (name !== undefined && isMessage(field))
      head[name] = body.toString('utf8', field.from, Math.min(field.to, field.from + 1024));
  }
  let [temporality, monotonic] = [0, false];
  for (const { number, value } of fieldsOf(body, shape.from, shape.to)) {
    if (number === 2) temporality = value ?? 0;
    if (number === 3) monotonic = value === 1;
  }
  return { ...head, shape: SHAPES[shape.number]!, temporality, monotonic };
}
