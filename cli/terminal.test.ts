import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { tiltmeter } from './terminal.testing.ts';
import { note, say } from './terminal.ts';

const STEERING = 'v\u001b]0;PWNED\u0007\u001b[2J\u009b31m\u202eb';

test.each([say, note])('%o: what somebody is called steers nothing, colours and tables stay', (write) => {
  let out = '';
  const stream = () => new PassThrough().on('data', (part) => (out += part));
  write(
    { env: {}, clock: () => 0, stdout: stream(), stderr: stream() },
    `\u001b[1m${STEERING}\u001b[22m\n\ta`,
  );
  expect(out).toBe('\u001b[1mv�]0;PWNED��[2J�31m�b\u001b[22m\n\ta\n');
});

test('nor does what a failure quotes', async () => {
  const { err } = await tiltmeter(['check', 'x.csv', '--reference', `${STEERING}.csv`]);
  expect(err).toContain('PWNED');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
