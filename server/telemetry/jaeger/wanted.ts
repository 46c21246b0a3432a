import { TiltmeterError } from '../../../contract/errors.ts';
import type { JaegerSearch } from '../../../contract/jaeger.ts';
import { traceIdOf } from '../traces/trace-id.ts';
import { nanosecondsOf } from './duration.ts';

/** Traces of one answer; who asks for more gets the newest. */
export const MOST_TRACES = 200;
/** Without a time: as far back as telemetry is taken. */
const LOOK_BACK_US = 31 * 86_400e6;
/** As far ahead as telemetry is taken. */
const AHEAD_US = 3_600e6;

/** Microseconds since 1970, both included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

export interface Wanted extends TimeSpan {
  readonly service: string;
  /** Empty: any. */
  readonly operation: string;
  readonly limit: number;
  /** Nanoseconds. */
  readonly shortest: number;
  readonly longest: number;
  readonly tags: ReadonlyMap<string, string>;
}

/** Where a trace is looked for. Errors: invalid_request. */
export function timesOf({ start, end }: Pick<JaegerSearch, 'start' | 'end'>, now: number): TimeSpan {
  const to = end ?? now * 1000 + AHEAD_US;
  const from = start ?? Math.max(0, to - LOOK_BACK_US);
  if (from > to) throw new TiltmeterError('invalid_request', 'start lies behind end');
  return { from, to };
}

/** What a search asks for; `now` in epoch milliseconds. Errors: invalid_request. */
export function wantedOf(search: JaegerSearch, now: number): Wanted {
  const { service = '', operation = '', limit } = search;
  if (service === '') throw new TiltmeterError('invalid_request', 'service is missing');
  const shortest = durationOf('minDuration', search) ?? 0;
  const longest = durationOf('maxDuration', search) ?? Number.MAX_SAFE_INTEGER;
  if (shortest > longest)
    throw new TiltmeterError('invalid_request', 'minDuration is longer than maxDuration');
  return {
    ...timesOf(search, now),
    ...{ service, operation, limit: Math.min(limit, MOST_TRACES), shortest, longest, tags: tagsOf(search) },
  };
}

/** The id of a trace as it is stored; Jaeger leaves zeros out at its beginning. Errors: invalid_request. */
export function storedId(id: string): string {
  const stored = traceIdOf(id.padStart(32, '0'));
  if (stored === undefined)
    throw new TiltmeterError('invalid_request', 'The id of a trace is up to 32 hexadecimal digits');
  return stored;
}

export const severalOf = (several: string | readonly string[] | undefined): readonly string[] =>
  several === undefined ? [] : [several].flat();

function durationOf(name: 'minDuration' | 'maxDuration', search: JaegerSearch): number | undefined {
  const text = search[name];
  if (text === undefined || text === '') return undefined;
  const duration = nanosecondsOf(text);
  if (duration === undefined)
    throw new TiltmeterError('invalid_request', `${name} is not a duration such as 1.5s, 200ms or 1m30s`);
  return duration;
}

function tagsOf({ tag, tags }: JaegerSearch): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of severalOf(tag)) {
    const at = text.indexOf(':');
    if (at < 1) throw new TiltmeterError('invalid_request', 'tag is to be key:value');
    found.set(text.slice(0, at), text.slice(at + 1));
  }
  for (const text of severalOf(tags))
    for (const [key, value] of Object.entries(objectOf(text))) found.set(key, String(value));
  return found;
}

function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // told below
  }
  throw new TiltmeterError('invalid_request', 'tags is to be a JSON object such as {"error":"true"}');
}
