import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { inProcess } from './monitors/in-process.ts';
import { inChild } from './profiles/references/file/in-child.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-child-'));
const program = join(folder, 'names.mjs');
const SECRETS = ['TILTMETER_ADMIN_KEY', 'TILTMETER_SECRET_KEY', 'TILTMETER_LEDGER_URL', 'PGPASSWORD'];
beforeAll(() => {
  writeFileSync(program, "process.on('message', () => process.send(Object.keys(process.env)));\n");
  for (const name of SECRETS) process.env[name] ??= 'a-secret-that-nobody-else-need-know';
});
afterAll(() => {
  for (const name of SECRETS) if (process.env[name]?.startsWith('a-secret')) delete process.env[name];
  rmSync(folder, { recursive: true, force: true });
});

const secretsIn = (names: readonly string[]) => names.filter((name) => SECRETS.includes(name));

test('whatever reads what somebody sent, or learns of it, knows no secret of the server', async () => {
  const limits = { withinMs: 60_000, heapMb: 64, ended: () => new Error('ended') };
  const ofFile = await inChild<object, string[], string[]>(program, folder, limits, (ask) => ask({}));
  const ofFit = await inProcess<string[]>(pathToFileURL(program), {}, 'naming');
  expect([ofFile, ofFit].map((names) => names.includes('PATH'))).toEqual([true, true]);
  expect([ofFile, ofFit].map(secretsIn)).toEqual([[], []]);
});

test('the rest of the environment stays as it is', () => {
  expect(childEnvironment({ PATH: '/bin', TZ: 'UTC', TILTMETER_KEY: 'x', PGUSER: 'x' })).toEqual({
    PATH: '/bin',
    TZ: 'UTC',
  });
});
