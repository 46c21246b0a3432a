import { say, type Terminal } from './terminal.ts';

/** What commands that print data do: JSON when asked, else text for people. */
export function print<T>(
  terminal: Terminal,
  json: boolean | undefined,
  value: T,
  text: (value: T) => string,
) {
  say(terminal, json ? JSON.stringify(value, null, 2) : text(value));
}
