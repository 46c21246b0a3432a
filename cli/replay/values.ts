import { InvalidArgumentError } from 'commander';
import { plain } from '../../check/report/text.ts';
import { Misuse } from '../failure.ts';
import { number } from '../values.ts';

/** The address of an endpoint, without who may ask: that is a header, which nothing says again. Errors: Misuse. */
export function httpAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Misuse(
      `${text} is no address`,
      'Example: --endpoint http://127.0.0.1:8080/v1/models/m:predict',
    );
  const { username, password } = new URL(text);
  if (username !== '' || password !== '')
    throw new Misuse('--endpoint holds a user or a password', "Example: --header 'Authorization: Basic …'");
  return text;
}

/** Headers as they are typed: `Authorization: Bearer …`. Errors: Misuse. */
export function headersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((line) => {
      const at = line.indexOf(':');
      if (at < 1)
        throw new Misuse(
          '--header must be a name and a value',
          "Example: --header 'Authorization: Bearer …'",
        );
      const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      // It may be a secret: nothing says it again.
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !/^[\t\x20-\x7e]*$/.test(value))
        throw new Misuse(`--header: ${plain(name)} has a sign that no header may have`);
      return [name, value];
    }),
  );
}

export const collectHeaders = (value: string, before: string[]) => [...before, value];

/** A whole number from 1 on. Errors: InvalidArgumentError. */
export function atLeastOne(text: string): number {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
}
