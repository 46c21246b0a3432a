import { isAscii, isUtf8 } from 'node:buffer';
import { counted } from '../../../contract/counted.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { ElementEnd, opensMoreThan } from '../../json-scan.ts';
import { type Found, LOOKING, type ParsedEvent } from '../parsed-event.ts';
import type { DoorLimits } from './door.ts';

export type JsonFormat = 'json' | 'ndjson';

export interface ParsedBody {
  readonly events: Iterable<Found>;
  /** False: no string of the body can hold what only a `\u` escape can bring. */
  readonly escapes: boolean;
}

/**
 * Objects and lists that one event may be made of. A good one has six at most: itself and five maps. More is refused
 * before it is parsed, and so is whatever is nested deeper than that.
 */
const MOST_OPENS = 32;

/**
 * The events of a body: one object, an array, or one object per line, each parsed by itself when its turn comes; the text
 * as a whole is only looked through. When a JSON body turns out to be lines after all it is taken as lines.
 * Errors: empty_body; invalid_json when a JSON body cannot be read; body_too_large when there are too many events.
 */
export function parseBody(body: Uint8Array, format: JsonFormat, limits: DoorLimits): ParsedBody {
  const bytes = withoutMark(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  const ascii = isAscii(bytes);
  const valid = ascii || isUtf8(bytes);
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  if (text.trim() === '') throw new TiltmeterError('empty_body');
  const escapes = text.includes('\\u');
  if (format === 'ndjson') return { events: lines(valid ? text : bytes, limits), escapes };
  if (!valid) throw new TiltmeterError('invalid_json', 'the body is not valid UTF-8');
  if (!/^\s*\[/.test(text)) {
    if (looksLikeLines(text, limits.eventBytes)) return { events: lines(text, limits), escapes };
    const event = parseEvent(text, limits.eventBytes);
    if ('code' in event && event.code === 'invalid_json') throw notJson(event.message);
    return { events: [event], escapes };
  }
  return { events: elements(text, limits), escapes };
}

/** One event from its text. */
export function parseEvent(raw: string, eventBytes: number): ParsedEvent {
  if (raw.length > eventBytes) return tooLarge(raw, eventBytes);
  if (opensMoreThan(raw, MOST_OPENS)) return tooMany(raw);
  try {
    return { value: JSON.parse(raw), raw, bytes: raw.length };
  } catch (error) {
    return { code: 'invalid_json', message: brief(error, raw), raw };
  }
}

/** The lines, counted before the first is read. Errors: body_too_large. */
function lines(body: string | Buffer, { eventBytes, events }: DoorLimits): Iterable<ParsedEvent> {
  if (hasMore(body, '\n', events)) throw tooManyEvents(events);
  return eachLine(body, eventBytes);
}

function* eachLine(body: string | Buffer, eventBytes: number): Generator<ParsedEvent> {
  let start = 0;
  while (start < body.length) {
    let end = body.indexOf('\n', start);
    if (end < 0) end = body.length;
    if (typeof body === 'string') {
      const line = body.slice(start, end);
      if (!blank(line)) yield parseEvent(line, eventBytes);
    } else {
      const bytes = body.subarray(start, end);
      const line = bytes.toString('utf8');
      if (!isUtf8(bytes))
        yield { code: 'invalid_unicode', message: 'the line is not valid UTF-8', raw: line };
      else if (!blank(line)) yield parseEvent(line, eventBytes);
    }
    start = end + 1;
  }
}

/**
 * The elements of an array, each found when its turn comes. Where an object is followed by another one, the parser itself
 * says whether that was its end, which costs next to nothing; from the first time that it was not, ends are looked for
 * exactly. What cannot be read from some place on is one refused event. Errors: invalid_json; body_too_large before the first is given.
 */
function elements(text: string, { eventBytes, events }: DoorLimits): Iterable<Found> {
  const [begin, end] = [text.indexOf('[') + 1, text.lastIndexOf(']')];
  const inside = /^\s*$/;
  if (end < begin || !inside.test(text.slice(end + 1))) throw notJson('it ends too early');
  if (inside.test(text.slice(begin, Math.min(end, begin + 4096))) && inside.test(text.slice(begin, end)))
    return [];
  if (lastOf(text, end) === ',') throw notJson('a comma is not followed by anything');
  return eachElement(text, begin, { eventBytes, events });
}

function* eachElement(text: string, begin: number, { eventBytes, events }: DoorLimits): Generator<Found> {
  if (hasMore(text, '}', events)) yield* countElements(text, begin, events);
  let exact = false;
  let count = 0;
  for (let at = begin; at <= text.length; ) {
    if (++count > events) throw tooManyEvents(events);
    if (!exact) {
      const end = endOfObject(text, at, eventBytes);
      const event = end < 0 ? undefined : parseEvent(text.slice(at, end), eventBytes);
      if (event !== undefined && 'value' in event) {
        yield event;
        at = text.indexOf(',', end) + 1;
        continue;
      }
      exact = true;
    }
    const looking = new ElementEnd(text, at);
    while (!looking.goOn(LOOKED_AT)) yield LOOKING;
    const { end } = looking;
    if (end < 0) {
      const raw = text.slice(at, at + KEPT_OF_LARGE);
      yield {
        code: 'invalid_json',
        message: 'from here on the body cannot be read: its brackets do not close',
        raw,
        bytes: text.length - at,
      };
      return;
    }
    if (end - at > eventBytes)
      yield { ...tooLarge(text.slice(at, at + KEPT_OF_LARGE), eventBytes), bytes: end - at };
    else yield parseEvent(text.slice(at, end), eventBytes);
    if (text.charCodeAt(end) !== COMMA) return;
    at = end + 1;
  }
}

/** Characters that are looked at in one go: a millisecond or two. */
const LOOKED_AT = 256 * 1024;
const COMMA = 0x2c;

/** Where an object seems to end, because another one follows; -1 when none does within the length of an event. */
function endOfObject(text: string, from: number, most: number): number {
  for (let at = text.indexOf('}', from); at >= 0 && at - from <= most; at = text.indexOf('}', at + 1)) {
    const comma = firstOf(text, at + 1);
    if (text.charCodeAt(comma) === COMMA && text[firstOf(text, comma + 1)] === '{') return at + 1;
  }
  return -1;
}

/** The first place that is no blank. */
function firstOf(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** The last character before `end` that is no blank. */
function lastOf(text: string, end: number): string | undefined {
  let at = end - 1;
  while (text.charCodeAt(at) <= 0x20) at--;
  return text[at];
}

/** Whether a mark stands in a text more often than that. */
function hasMore(text: string | Buffer, mark: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && count <= most; at = text.indexOf(mark, at + 1)) count++;
  return count > most;
}

/** Looks through the elements, in pieces. Errors: body_too_large when there are more than `most`. */
function* countElements(text: string, begin: number, most: number): Generator<typeof LOOKING> {
  let [at, looked] = [begin, begin];
  for (let count = 1; ; count++) {
    const looking = new ElementEnd(text, at);
    while (!looking.goOn(LOOKED_AT)) yield LOOKING;
    if (looking.end < 0) return;
    if (count > most) throw tooManyEvents(most);
    at = looking.end + 1;
    if (at - looked < LOOKED_AT) continue;
    yield LOOKING;
    looked = at;
  }
}

/** Characters of an event above the limit that are read, in order to be shown; no more of it is kept. */
const KEPT_OF_LARGE = 66_000;

function tooLarge(raw: string, eventBytes: number): ParsedEvent {
  return { code: 'event_too_large', message: `the event is larger than ${eventBytes} bytes`, raw };
}

function tooMany(raw: string): ParsedEvent {
  return { code: 'invalid_event', message: `the event has more than ${MOST_OPENS} objects and lists`, raw };
}

function tooManyEvents(most: number): TiltmeterError {
  return new TiltmeterError('body_too_large', `the body has more than ${counted(most, 'event')}`);
}

function notJson(why: string): TiltmeterError {
  return new TiltmeterError('invalid_json', `the body is not valid JSON: ${why}`);
}

function blank(line: string): boolean {
  return line.length < 256 && line.trim() === '';
}

/** Several lines of which the first is an object by itself. */
function looksLikeLines(text: string, eventBytes: number): boolean {
  const start = text.search(/\S/);
  const end = text.indexOf('\n', start);
  if (end < 0 || text.slice(end).trim() === '') return false;
  const first = parseEvent(text.slice(start, end), eventBytes);
  return (
    'value' in first && typeof first.value === 'object' && first.value !== null && !Array.isArray(first.value)
  );
}

/** The parser's message without the input it quotes: that may be long, and may be secret. */
function brief(error: unknown, raw: string): string {
  if (raw.trim() === '') return 'there is nothing where an event should be';
  const { message } = error as Error;
  const position = /at position (\d+)/.exec(message)?.[1];
  // `{` ends where a name was expected, `{"a":"b` where a string should.
  if (message.includes('end of JSON') || Number(position) >= raw.trimEnd().length) return 'it ends too early';
  const token = /^Unexpected token '(.)'/u.exec(message)?.[1];
  if (token !== undefined) return `unexpected ${JSON.stringify(token)}`;
  return position === undefined ? 'it cannot be read' : `unexpected text at position ${position}`;
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
