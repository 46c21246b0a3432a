import { plain } from '../check/report/text.ts';
import { say, type Terminal } from './terminal.ts';

/**
 * What commands that print data do: JSON when asked, else text for people. Names and texts that senders chose reach the terminal without
 * what could steer it.
 */
export function print<T>(
  terminal: Terminal,
  json: boolean | undefined,
  value: T,
  text: (value: T) => string,
) {
  say(terminal, json ? jsonOf(value) : text(harmless(value)));
}

/** JSON escapes control characters up to U+001F by itself. */
function jsonOf(value: unknown): string {
  const hidden = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
  const escaped = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(hidden, escaped);
}

/** The same value, every text in it plain. */
function harmless<T>(value: T): T {
  if (typeof value === 'string') return plain(value) as T;
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [plain(name), harmless(one)])) as T;
}
