import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tiltmeter } from '../terminal.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'secret.key');

test('without a key there is nothing to rotate: it comes from the environment', async () => {
  const { exit, err } = await tiltmeter(['secret-key', 'rotate', '--data', folder]);
  expect(exit).toBe(2);
  expect(err).toContain(`there is no secret.key in ${folder}`);
});

test('a rotation puts a new key in front, keeps the former one, tells neither, and says what is to be done', async () => {
  const before = 'the-former-key-of-32-characters!';
  writeFileSync(file, `${before}\n`);
  const { exit, out, err } = await tiltmeter(['secret-key', 'rotate'], { TILTMETER_DATA: folder });
  expect(exit).toBe(0);
  expect(out + err).toContain('Start the server again');
  const [fresh, former, ...more] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(former).toBe(before);
  expect(more).toEqual([]);
  expect(fresh).toMatch(/^[\w-]{43}$/);
  expect(out + err).not.toContain(fresh!);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('of rotations at the same time each leaves its key, or says that another goes on and changes nothing', async () => {
  const before = readFileSync(file, 'utf8');
  writeFileSync(`${file}.new`, '');
  const { exit, err } = await tiltmeter(['secret-key', 'rotate', '--data', folder]);
  expect([exit, err]).toEqual([2, expect.stringContaining('another rotation goes on')]);
  expect(readFileSync(file, 'utf8')).toBe(before);
  rmSync(`${file}.new`);
  expect((await tiltmeter(['secret-key', 'rotate', '--data', folder])).exit).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^[\\w-]{43}\n${before}$`));
  expect(readdirSync(folder)).toEqual(['secret.key']);
});
