import { isAscii, isUtf8 } from 'node:buffer';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { ParsedEvent } from '../parsed-event.ts';

export type JsonFormat = 'json' | 'ndjson';

export interface ParsedBody {
  readonly events: Iterable<ParsedEvent>;
  /** False: no string of the body can hold what only a `\u` escape can bring. */
  readonly escapes: boolean;
}

/**
 * The events of a body: one object, an array, or one object per line. Lines are judged one by one; a JSON body is read
 * as a whole, and when it turns out to be lines after all it is taken as lines.
 * Errors: empty_body; invalid_json when a JSON body cannot be read.
 */
export function parseBody(body: Uint8Array, format: JsonFormat, eventBytes: number): ParsedBody {
  const bytes = withoutMark(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  const ascii = isAscii(bytes);
  const valid = ascii || isUtf8(bytes);
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  if (text.trim() === '') throw new TiltmeterError('empty_body');
  const escapes = text.includes('\\u');
  if (format === 'ndjson') return { events: lines(valid ? text : bytes, eventBytes), escapes };
  if (!valid) throw new TiltmeterError('invalid_json', 'the body is not valid UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (looksLikeLines(text)) return { events: lines(text, eventBytes), escapes };
    throw new TiltmeterError('invalid_json', `the body is not valid JSON: ${brief(error)}`);
  }
  return { events: elements(Array.isArray(value) ? value : [value], text.length, eventBytes), escapes };
}

/** One event from its text. */
export function parseEvent(raw: string, eventBytes: number): ParsedEvent {
  if (raw.length > eventBytes) return tooLarge(raw, eventBytes);
  try {
    return { value: JSON.parse(raw), raw, bytes: raw.length };
  } catch (error) {
    return { code: 'invalid_json', message: brief(error), raw };
  }
}

function* lines(body: string | Buffer, eventBytes: number): Generator<ParsedEvent> {
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

function* elements(values: readonly unknown[], length: number, eventBytes: number): Generator<ParsedEvent> {
  const bytes = Math.ceil(length / Math.max(1, values.length));
  for (const value of values) {
    // Only a body above the limit can hold an event above it; only then is each one measured.
    if (length > eventBytes) {
      const raw = written(value);
      yield raw.length > eventBytes ? tooLarge(raw, eventBytes) : { value, bytes: raw.length };
    } else yield { value, bytes };
  }
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function tooLarge(raw: string, eventBytes: number): ParsedEvent {
  return { code: 'event_too_large', message: `the event is larger than ${eventBytes} bytes`, raw };
}

function blank(line: string): boolean {
  return line.length < 256 && line.trim() === '';
}

/** Several lines of which the first is an object by itself. */
function looksLikeLines(text: string): boolean {
  const start = text.search(/\S/);
  const end = text.indexOf('\n', start);
  if (end < 0 || text.slice(end).trim() === '') return false;
  const first = parseEvent(text.slice(start, end), end);
  return (
    'value' in first && typeof first.value === 'object' && first.value !== null && !Array.isArray(first.value)
  );
}

/** The parser's message without the input it quotes: that may be long, and may be secret. */
function brief(error: unknown): string {
  const { message } = error as Error;
  if (message.includes('end of JSON')) return 'it ends too early';
  const token = /^Unexpected token '(.)'/u.exec(message)?.[1];
  if (token !== undefined) return `unexpected ${JSON.stringify(token)}`;
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'it cannot be read' : `unexpected text at position ${position}`;
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
