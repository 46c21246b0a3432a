import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf, seedOf } from './hash.ts';
import { IdSet } from './id-set.ts';
import type { Slice } from './slices.ts';
import { Snapshots } from './snapshots.ts';

const seed = seedOf('t');
let folder: string;
let warned: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-snapshots-'));
  warned = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const log = { debug() {}, info() {}, error() {}, warn: (_: object, message: string) => warned.push(message) };
const snapshots = (lake = 'one') => new Snapshots({ folder, lake, log: log as never });

function slice(from: number, count: number): Slice {
  const set = new IdSet();
  for (let i = 0; i < count; i++) set.add(hashOf(`${from}-${i}`, seed));
  return { from, set, changed: true };
}

const holds = ({ set }: Slice, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => set.has(hashOf(`${from}-${i}`, seed))).every(Boolean);

test('what was saved is there again: a small slice and a large one, which goes on growing', async () => {
  const [small, large] = [slice(10, 500), slice(20, 200_000)];
  await snapshots().save(small, { from: 5, to: 20, tables: ['t'] }, true);
  await snapshots().save(large, { from: 20, to: 25, tables: ['t', 'u'] }, false);
  expect(small.changed || large.changed).toBe(false);
  const { slices, claims } = await snapshots().load(0, 1e9);
  expect(slices.map(({ from, set }) => [from, set.count])).toEqual([
    [20, large.set.count],
    [10, 500],
  ]);
  expect(claims.map(({ from, to, tables }) => ({ from, to, tables }))).toEqual([
    { from: 20, to: 25, tables: ['t', 'u'] },
    { from: 5, to: 20, tables: ['t'] },
  ]);
  expect(holds(slices[0]!, 20, 200_000) && holds(slices[1]!, 10, 500)).toBe(true);
  for (let i = 0; i < 200_000; i++) slices[0]!.set.add(hashOf(`more-${i}`, seed));
  expect(holds(slices[0]!, 20, 200_000)).toBe(true);
});

test.each<[string, (file: string) => Promise<void>]>([
  ['cut off', (file) => truncate(file, 5000)],
  ['empty', (file) => truncate(file, 0)],
  [
    'with one bit that is wrong',
    async (file) => {
      const bytes = await readFile(file);
      bytes[4000]! ^= 1;
      await writeFile(file, bytes);
    },
  ],
  ['something else', (file) => writeFile(file, 'x'.repeat(100))],
])('a file that is %s counts for nothing, and the others do', async (_name, harm) => {
  await snapshots().save(slice(10, 60_000), { from: 10, to: 20, tables: ['t'] }, true);
  await snapshots().save(slice(20, 100), { from: 20, to: 30, tables: ['t'] }, true);
  await harm(join(folder, '10.ids'));
  const { slices } = await snapshots().load(0, 1e9);
  expect(slices.map(({ from }) => from)).toEqual([20]);
  expect(warned).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['20.ids']);
});

test('a write that was cut off leaves the file before', async () => {
  await snapshots().save(slice(10, 100), { from: 10, to: 20, tables: ['t'] }, true);
  await writeFile(join(folder, '10.ids.new'), 'half');
  expect((await snapshots().load(0, 1e9)).slices).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['10.ids']);
});

test('files of another lake, too old ones and those without room are removed', async () => {
  for (const from of [10, 20, 30])
    await snapshots().save(slice(from, 60_000), { from, to: from + 10, tables: ['t'] }, true);
  expect((await snapshots().load(20, 1e9)).slices.map(({ from }) => from)).toEqual([30, 20]);
  expect((await snapshots().load(0, 1e7)).slices.map(({ from }) => from)).toEqual([30]);
  expect((await snapshots('another').load(0, 1e9)).slices).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('the data folder was removed meanwhile: it says so and makes nothing, wherever the process stands', async () => {
  const saved = slice(10, 100);
  const gone = new Snapshots({ folder: join(folder, 'data/known-ids'), lake: 'one', log: log as never });
  await expect(gone.save(saved, { from: 10, to: 20, tables: ['t'] }, true)).rejects.toThrow('ENOENT');
  expect(saved.changed).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});
