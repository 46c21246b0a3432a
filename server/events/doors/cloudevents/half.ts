import { TiltmeterError } from '../../../../contract/errors.ts';
import { ElementEnd, opensMoreThan } from '../../../json-scan.ts';

/** What a payload logger tells of one inference: what the model was asked, or what it answered. */
export interface Half {
  /** The same of request and response. */
  readonly id: string;
  readonly is: 'request' | 'response';
  /** As it says it; undefined where it does not. */
  readonly time: string | undefined;
  readonly model: string | undefined;
  /** Of the trace, 32 hexadecimal digits. */
  readonly trace: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  /** Its own share of the body: what waits is counted by it. */
  readonly bytes: number;
}

type Attributes = Readonly<Record<string, unknown>>;

/** A CloudEvent in binary mode: its attributes are headers, its data is the body. Errors: invalid_payload, invalid_json. */
export function binaryHalf(headers: Readonly<Record<string, unknown>>, body: Buffer): Half {
  const attributes = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .map(([name, value]) => [name.slice('ce-'.length), value]),
  );
  return halfOf(
    { traceparent: headers.traceparent, ...attributes },
    parsed(body.toString('utf8')),
    body.length,
  );
}

/** CloudEvents in structured mode, one or a batch of them, each to be read by itself. Errors: invalid_json, invalid_payload. */
export function structuredHalves(body: Buffer): readonly (() => Half)[] {
  const text = body.toString('utf8');
  if (opensMoreThan(text, MOST_OPENS)) throw tooManyOpens();
  if (/^\s*\[/.test(text))
    return elementsOf(text).map((own) => () => structuredHalf(parsed(own), own.length));
  const event = parsed(text);
  return [() => structuredHalf(event, text.length)];
}

/** Errors: invalid_payload, invalid_json. */
function structuredHalf(event: unknown, bytes: number): Half {
  if (!isObject(event)) throw invalid('an event is not an object');
  const { data, data_base64, ...attributes } = event;
  const own =
    typeof data_base64 === 'string' ? parsed(Buffer.from(data_base64, 'base64').toString('utf8')) : data;
  return halfOf(attributes, own, bytes);
}

/** The texts of the events of a batch. Errors: invalid_json. */
function elementsOf(text: string): string[] {
  const events: string[] = [];
  for (let at = text.indexOf('[') + 1; ; ) {
    const looking = new ElementEnd(text, at);
    looking.goOn(text.length);
    if (looking.end < 0) throw new TiltmeterError('invalid_json', 'the batch of events does not end');
    const event = text.slice(at, looking.end);
    const last = text[looking.end] === ']';
    if (!last || event.trim() !== '') events.push(event);
    if (last) {
      if (text.slice(looking.end + 1).trim() === '') return events;
      throw new TiltmeterError('invalid_json', 'something follows the batch of events: send one list');
    }
    at = looking.end + 1;
  }
}

/** Attributes by their names of versions 1.0 and 0.3, and of 0.1, which KServe's first loggers wrote. Errors: invalid_payload. */
function halfOf(attributes: Attributes, data: unknown, bytes: number): Half {
  const text = (...names: readonly string[]) =>
    names.map((name) => attributes[name]).find((value) => typeof value === 'string' && value !== '') as
      | string
      | undefined;
  const id = text('id', 'eventid');
  if (id === undefined || id.length > 200)
    throw invalid('an event has no id (ce-id), or one of more than 200 characters');
  const type = text('type', 'eventtype') ?? '';
  const is = /\.inference\.(request|response)$/.exec(type)?.[1] as Half['is'] | undefined;
  if (is === undefined)
    throw invalid(
      `the event type ${JSON.stringify(type.slice(0, 80))} is none of a payload logger; those end with .inference.request or .inference.response`,
    );
  if (!isObject(data)) throw invalid('the data of an event is not a JSON object');
  return {
    ...{ id, is, data, bytes },
    time: text('time', 'eventtime'),
    // Seldon's modelid is the model, of which a server may have many; KServe's is the service.
    model: text('modelid', 'inferenceservicename'),
    trace: /^00-([0-9a-f]{32})-/.exec(text('traceparent') ?? '')?.[1],
  };
}

export const invalid = (message: string) => new TiltmeterError('invalid_payload', message);

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects and lists that a body may be made of: they are what a parser makes gigabytes of. */
const MOST_OPENS = 300_000;

const tooManyOpens = () => invalid(`an event is made of more than ${MOST_OPENS} objects and lists`);

/** Errors: invalid_json, invalid_payload. */
function parsed(text: string): unknown {
  if (opensMoreThan(text, MOST_OPENS)) throw tooManyOpens();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TiltmeterError('invalid_json', 'the data of an event is not JSON', { cause: error });
  }
}
