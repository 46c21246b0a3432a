import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter } from '../terminal.testing.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
  await server.json('POST', '/api/v1/models', { id: 'm' });
});
afterAll(() => server.stop());

const verify = (...more: string[]) =>
  tiltmeter(['audit', 'verify', '--url', server.address, '--key', server.adminKey, ...more]);

test('the audit log is whole, also against an end that was noted, and not against another', async () => {
  const { exit, out } = await verify();
  expect([exit, out]).toEqual([
    0,
    expect.stringMatching(/^Whole: \d+ entries, chained with the key from 1 on/),
  ]);
  const end = /the last is (\S+)/.exec(out)![1]!;
  expect((await verify('--noted', end)).exit).toBe(0);
  const broken = await verify('--noted', end.replace(/:.*/, ':0123'));
  expect([broken.exit, broken.out]).toEqual([1, expect.stringMatching(/^Broken at entry \d+: not_as_noted/)]);
  expect((await verify('--noted', 'wrong')).exit).toBe(2);
});
