import { expect, test } from 'vitest';
import { unlinked } from './unlinked.ts';

test.each([
  ['https://evil.example/x', 'https:/|/evil.|example/x'],
  ['HTTPS:///evil', 'HTTPS:/|/|/evil'],
  ['//evil.example', '/|/evil.|example'],
  ['WWW.evil.example', 'WWW|.evil.|example'],
  ['_www.evil.example', '_www|.evil.|example'],
  ['a@evil.example', 'a|@|evil.|example'],
  ['localhost:80/x', 'local|host:80/x'],
  ['mailto:a@b', 'mailto|:a|@|b'],
  ['evil.example:80', 'evil.|example:80'],
  ['xn--e1a.xn--p1ai', 'xn--e1a.|xn--p1ai'],
  ['evil。例え', 'evil。|例え'],
])('%s is no address', (address, parted) => {
  expect(unlinked(`see ${address}`, '|')).toBe(`see ${parted}`);
});

test.each([
  '0.25 of 1.5 × 10⁴, v2.1.3, at 10:05.',
  'Missing values in income/age: 40 %. More of them follow',
  'sepal length (cm), a.b, x.1',
])('%s stays as it is', (line) => {
  expect(unlinked(line)).toBe(line);
});
