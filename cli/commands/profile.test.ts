import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import { TableProfile } from '../../contract/table-profile.ts';
import { tiltmeter } from '../terminal.testing.ts';

const world = createWorld();
const text = csv({
  age: Array.from({ length: 60 }, (_, i) => 20 + (i % 40)),
  colour: Array.from({ length: 60 }, (_, i) => ['red', 'blue'][i % 2]!),
});
const file = world.write('day-1.csv', text);
world.write('day-2.csv', text);

test('every format, in the terminal and into a file', async () => {
  for (const format of ['table', 'json', 'html', 'markdown']) {
    const { exit, out, err } = await tiltmeter(['profile', file, '--format', format]);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('colour');
    const to = world.path(`out.${format}`);
    const quiet = await tiltmeter(['profile', file, '--format', format, '--out', to]);
    expect(quiet).toMatchObject({ exit: 0, out: '', err: '' });
    expect(readFileSync(to, 'utf8')).toContain('colour');
  }
});

test('a glob, and a compressed file: the same columns, all rows', async () => {
  const zipped = world.write('day.csv.gz', gzipSync(text));
  for (const [input, rows] of [
    [world.path('day-*.csv'), 120],
    [zipped, 60],
  ] as const) {
    const { out } = await tiltmeter(['profile', input, '--json']);
    const profile = TableProfile.parse(JSON.parse(out));
    expect(profile.rows).toBe(rows);
    expect(profile.columns.map(({ name, type }) => [name, type])).toEqual([
      ['age', 'numeric'],
      ['colour', 'categorical'],
    ]);
  }
});

test.each([
  ['a file that is missing', () => [world.path('none.csv')], /none\.csv: no such file/],
  ['an empty file', () => [world.write('empty.csv', '')], /is empty/],
  ['a header only', () => [world.write('header.csv', 'a,b\n')], /has a header but no rows/],
  ['no file', () => [], /missing required argument/],
  ['a format there is not', () => [file, '--format', 'junit'], /Allowed choices/],
  ['a folder that is missing', () => [file, '--out', world.path('none/x.html')], /there is no folder/],
])('%s: one line, exit 2', async (_, args, message) => {
  const { exit, out, err } = await tiltmeter(['profile', ...args()]);
  expect(exit).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(message);
});
