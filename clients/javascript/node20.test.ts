import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

/** The oldest Node from 20 on that this machine has beside the one of the checkout. */
const OLD = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .map((path) => ({ path, major: Number(execFileSync(path, ['-p', 'process.versions.node.split(".")[0]'])) }))
  .filter(({ major }) => major >= 20 && major < 24)
  .sort((a, b) => a.major - b.major)[0];

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

const SCRIPT = `
import { Tiltmeter, TiltmeterApiError } from ${JSON.stringify(join(import.meta.dirname, 'tiltmeter.js'))};
const [url, key] = process.argv.slice(-2);
const tiltmeter = new Tiltmeter({ url, key, batchSize: 2 });
const event = (id, more) => ({ model: 'm', id, features: { x: 1 }, ...more });
const receipt = await tiltmeter.predictions([event('a'), event('b'), event('c', { time: '1970-01-02' })]);
const refused = await tiltmeter.call('GET', '/models/none').catch((error) => error);
console.log(JSON.stringify({ receipt, code: refused instanceof TiltmeterApiError && refused.code }));
`;

/** What the script says on the Node at `path`. */
async function said(path: string) {
  const args = ['--input-type=module', '-e', SCRIPT, '--', server.address, server.adminKey];
  const { stdout, stderr } = await promisify(execFile)(path, args);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as unknown;
}

const expected = {
  receipt: {
    received: 3,
    stored: 2,
    duplicates: 0,
    rejected: [{ index: 2, code: 'invalid_time', message: expect.any(String) }],
    rejected_total: 1,
  },
  code: 'not_found',
};

test('the client as JavaScript sends events and tells what was refused', async () => {
  expect(await said(process.execPath)).toEqual(expected);
});

test.skipIf(OLD === undefined)(
  `on an older Node too (${OLD ? `Node ${OLD.major}` : 'there is none here'})`,
  async () => {
    expect(await said(OLD!.path)).toMatchObject({ code: 'not_found', receipt: { received: 3 } });
  },
);
