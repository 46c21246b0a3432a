import { TiltmeterError } from '../../../contract/errors.ts';
import { type MetricMetadata, NO_METADATA } from '../remote-write/metadata.ts';
import { endOfSeries, isBlank, unescaped } from './series-text.ts';

/** How a page of metrics is written: the text format 0.0.4 of Prometheus, or OpenMetrics 1.0. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** A line that is a sample, with nothing of its labels decoded. */
export interface ExposedLine {
  /** Counted from 1. */
  readonly number: number;
  /** Where its series stands in the page. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** Epoch milliseconds, where it says so itself. */
  readonly time: number | undefined;
  /** What the page says of the family that it belongs to. */
  readonly metadata: MetricMetadata;
  /** It cannot be read, and why; its series is then all of the line. */
  readonly wrong: TiltmeterError | undefined;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;

/**
 * The lines of a page that are samples, one after the other; one that cannot be read says so and ends nothing. A page of OpenMetrics ends with `# EOF`: one
 * that does not was cut off, which its last line then says.
 */
export function* readExposition(body: Buffer, format: ExpositionFormat): Generator<ExposedLine> {
  let family: Family = { name: '', ...NO_METADATA };
  let number = 0;
  let ended = false;
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(NEWLINE, at);
    let to = newline < 0 ? body.length : newline;
    const next = to + 1;
    number++;
    while (at < to && isBlank(body[at])) at++;
    while (to > at && (body[to - 1] === RETURN || isBlank(body[to - 1]))) to--;
    if (at < to && body[at] === HASH) {
      const comment = body.toString('utf8', at, Math.min(to, at + COMMENT_BYTES));
      if (format === 'openmetrics' && /^# ?EOF$/.test(comment)) {
        ended = true;
        break;
      }
      family = said(family, comment);
    } else if (at < to) yield readLine({ body, at, to, number, family, format });
    at = next;
  }
  if (format === 'openmetrics' && !ended)
    yield {
      ...{ number: number + 1, from: body.length, to: body.length, value: 0, time: undefined },
      ...{ metadata: NO_METADATA, wrong: wrongLine(number + 1, '# EOF is missing: the page was cut off') },
    };
}

/** How many lines of a page are samples, or would be. */
export function countSamples(body: Buffer): number {
  let count = 0;
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(NEWLINE, at);
    const to = newline < 0 ? body.length : newline;
    while (at < to && (isBlank(body[at]) || body[at] === RETURN)) at++;
    if (at < to && body[at] !== HASH) count++;
    at = to + 1;
  }
  return count;
}

interface Family extends MetricMetadata {
  readonly name: string;
}

/** Of a comment that is longer the end is not read. */
const COMMENT_BYTES = 4096;
const COMMENT = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+("(?:[^"\\]|\\.)*"|\S+)[ \t]*(.*)$/s;
const UNKNOWN = new Set(['untyped', 'unknown']);

/** What is known of a family once a comment was read. */
function said(family: Family, comment: string): Family {
  const found = COMMENT.exec(comment);
  if (found === null) return family;
  const [, what, named, text] = found;
  const name = named!.startsWith('"') ? unescaped(named!.slice(1, -1)) : named!;
  const known = name === family.name ? family : { name, ...NO_METADATA };
  if (what === 'HELP') return { ...known, help: unescaped(text!).slice(0, 512) };
  if (what === 'UNIT') return { ...known, unit: text!.slice(0, 64) };
  return { ...known, type: UNKNOWN.has(text!) ? '' : text!.slice(0, 32) };
}

interface Line {
  readonly body: Buffer;
  readonly at: number;
  readonly to: number;
  readonly number: number;
  readonly family: Family;
  readonly format: ExpositionFormat;
}

function readLine({ body, at, to, number, family, format }: Line): ExposedLine {
  try {
    const end = endOfSeries(body, at, to);
    const rest = body.toString('latin1', end, to);
    const { value, time } = format === 'text' ? textValue(rest) : openMetricsValue(rest);
    const metadata = isOf(family, body, at, end) ? family : NO_METADATA;
    return { number, from: at, to: end, value, time, metadata, wrong: undefined };
  } catch (error) {
    if (!(error instanceof TiltmeterError)) throw error;
    const wrong = wrongLine(number, error.message);
    return { number, from: at, to, value: 0, time: undefined, metadata: NO_METADATA, wrong };
  }
}

/** Whether a series is of the family whose comments came last: it has its name, or that of a part of it. */
function isOf({ name }: Family, body: Buffer, from: number, to: number): boolean {
  if (name === '' || to - from < name.length) return false;
  const end = from + name.length;
  if (body.toString('latin1', from, end) !== name) return false;
  return PART_OF.test(body.toString('latin1', end, Math.min(to, end + 10)));
}

const PART_OF = /^(?:_(?:bucket|sum|count|total|created|info|gsum|gcount))?(?:[ \t{]|$)/;

const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** `numberIn('+Inf')` → Infinity. Errors: invalid_telemetry. */
function numberIn(text: string): number {
  if (FLOAT.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  throw new TiltmeterError(
    'invalid_telemetry',
    text === '' ? 'a series has no value' : `${JSON.stringify(text.slice(0, 40))} is no number`,
  );
}

/** A value, and a moment in milliseconds. */
function textValue(rest: string): { value: number; time: number | undefined } {
  const [value = '', time, more] = rest.trim().split(/[ \t]+/);
  if (time !== undefined && !/^-?\d{1,17}$/.test(time))
    throw new TiltmeterError('invalid_telemetry', `${JSON.stringify(time.slice(0, 40))} is no time`);
  if (more !== undefined) throw new TiltmeterError('invalid_telemetry', 'more follows behind the time');
  return { value: numberIn(value), time: time === undefined ? undefined : Number(time) };
}

/** A value, and a moment in seconds; what is behind a `#` is one of the events that were counted, and is not kept. */
function openMetricsValue(rest: string): { value: number; time: number | undefined } {
  const [plain = ''] = rest.split(' # ', 1);
  const [value = '', time, more] = plain.trim().split(/[ \t]+/);
  if (time !== undefined && !FLOAT.test(time))
    throw new TiltmeterError('invalid_telemetry', `${JSON.stringify(time.slice(0, 40))} is no time`);
  if (more !== undefined) throw new TiltmeterError('invalid_telemetry', 'more follows behind the time');
  return { value: numberIn(value), time: time === undefined ? undefined : Math.round(Number(time) * 1000) };
}

const wrongLine = (number: number, message: string): TiltmeterError =>
  new TiltmeterError('invalid_telemetry', `line ${number}: ${message}`);
