import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { print } from './print.ts';

function printed(json: boolean, value: unknown): string {
  let out = '';
  const stdout = new Writable({
    write(part, _encoding, done) {
      out += part;
      done();
    },
  });
  const terminal = { env: {}, clock: () => 0, stdout, stderr: stdout };
  print(terminal, json, value, (shown) => JSON.stringify(shown).replaceAll('"', ''));
  return out.trimEnd();
}

const STEERING = 'v\u001b]0;PWNED\u0007\u001b[2J\u009b31m\u202eb';

test('what a sender called something cannot steer the terminal', () => {
  const value = { versions: [STEERING], by: { [STEERING]: 1 }, n: 1, none: null };
  expect(printed(false, value)).toBe(
    '{versions:[v�]0;PWNED�[2J�31m�b],by:{v�]0;PWNED�[2J�31m�b:1},n:1,none:null}',
  );
  expect(JSON.parse(printed(true, value))).toEqual(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  expect(printed(true, value)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
