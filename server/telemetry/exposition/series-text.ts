import { TiltmeterError } from '../../../contract/errors.ts';
import { MOST_ATTRIBUTES } from '../otlp/attributes.ts';
import type { Label } from '../remote-write/sent-series.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

export const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/**
 * Where the series at `from` ends: behind its name, or behind the brace that closes its labels, whatever stands in quotes. Nothing is
 * decoded, for most series of a scrape are known from the one before. Errors: invalid_telemetry.
 */
export function endOfSeries(body: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && body[at] !== OPEN && !isBlank(body[at])) at++;
  const name = at;
  while (at < to && isBlank(body[at])) at++;
  if (body[at] !== OPEN || at >= to) return name;
  for (at++; at < to; at++) {
    const byte = body[at];
    if (byte === CLOSE) return at + 1;
    if (byte !== QUOTE) continue;
    at++;
    while (at < to && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  }
  throw new TiltmeterError('invalid_telemetry', 'the labels have no closing brace');
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** One label, or the name of a metric in quotes, with the comma behind it. */
const PART =
  /\s*(?:([^\s"=,{}]+)|"([^"\\]*(?:\\.[^"\\]*)*)")\s*(?:=\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*)?(?:,|$)/sy;

/**
 * The labels of a series by its text, its name among them as `__name__`; what is empty is left out, as it says nothing. Errors: invalid_telemetry.
 * `labelsOf('up{job="a"}')` → [['__name__', 'up'], ['job', 'a']]
 */
export function labelsOf(series: string): Label[] {
  const open = series.indexOf('{');
  const bare = (open < 0 ? series : series.slice(0, open)).trim();
  const labels: Label[] = [];
  let name: string | undefined;
  if (bare !== '') {
    if (!METRIC.test(bare)) throw wrong(`${shown(bare)} is no name of a metric`);
    name = bare;
  }
  if (open >= 0) {
    const inside = series.slice(open + 1, series.lastIndexOf('}'));
    for (PART.lastIndex = 0; inside.slice(PART.lastIndex).trim() !== ''; ) {
      const at = PART.lastIndex;
      const part = PART.exec(inside);
      if (part === null) throw wrong(`${shown(inside.slice(at))} is no label`);
      const [, plain, quoted, value] = part;
      if (value === undefined) {
        if (quoted === undefined || name !== undefined)
          throw wrong(`${shown(plain ?? quoted!)} has no value`);
        name = unescaped(quoted);
        continue;
      }
      if (labels.length === MOST_ATTRIBUTES) throw wrong(`a series may have ${MOST_ATTRIBUTES} labels`);
      if (plain !== undefined && !LABEL.test(plain)) throw wrong(`${shown(plain)} is no name of a label`);
      const label = plain ?? unescaped(quoted!);
      if (label === '__name__') throw wrong('the label __name__ is the name of the metric');
      if (labels.some(([known]) => known === label)) throw wrong(`the label ${shown(label)} is there twice`);
      labels.push([label, unescaped(value)]);
    }
  }
  if (name === undefined || name === '') throw wrong('a series has no name');
  return [['__name__', name], ...labels.filter(([, value]) => value !== '')];
}

/** Backslashes before quotes, backslashes and `n`; before all else they stand for themselves. */
export function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\([\\"n])/g, (_, char: string) => (char === 'n' ? '\n' : char))
    : text;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));
const wrong = (message: string): TiltmeterError => new TiltmeterError('invalid_telemetry', message);
