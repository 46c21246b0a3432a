import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rotateSecretKey, secretKeys } from './secret-key.ts';
import { createVault } from './vault.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [a, b] = ['first secret key, 32 characters or more', 'second secret key, 32 characters or more'];

test('what is sealed opens at its place, with this key or a former one, and is no text to read', () => {
  const sealed = createVault([a]).seal('token=Ü', 'here');
  expect(sealed).not.toContain('token');
  expect(createVault([a]).open(sealed, 'here')).toBe('token=Ü');
  expect(createVault([b, a]).open(sealed, 'here')).toBe('token=Ü');
  expect(() => createVault([a]).open(sealed, 'elsewhere')).toThrow();
  expect(() => createVault([b]).open(sealed, 'here')).toThrow(/need the key \w+/);
  const other = sealed.at(-1) === 'A' ? 'E' : 'A';
  expect(() => createVault([a]).open(sealed.slice(0, -6) + other + sealed.slice(-5), 'here')).toThrow();
});

test('the same text never looks the same, and a key never shows', () => {
  const vault = createVault([a]);
  expect(vault.seal('x', 'here')).not.toBe(vault.seal('x', 'here'));
  expect(vault.id).not.toBe(createVault([b]).id);
  expect(() => createVault(['short'])).toThrow('at least 32 characters');
});

test('the first start makes a key for its owner alone; a rotation puts another in front', () => {
  const [key] = secretKeys(folder, undefined);
  expect(secretKeys(folder, undefined)).toEqual([key]);
  expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  rotateSecretKey(folder);
  const [fresh, former] = secretKeys(folder, undefined);
  expect(former).toBe(key);
  expect(fresh).not.toBe(key);
  expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe(`${fresh}\n${former}\n`);
  expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(secretKeys(folder, `${a}\n${b}`.replaceAll(' ', '-').replaceAll(',', ''))).toHaveLength(2);
});
