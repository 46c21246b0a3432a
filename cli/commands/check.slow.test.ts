import { expect, test } from 'vitest';
import { createWorld } from '../../check/world.testing.ts';
import { tiltmeter } from '../terminal.testing.ts';

const world = createWorld();

test('ten thousand columns: a verdict for each, and a page under 2 MB', async () => {
  const columns = Array.from({ length: 10_000 }, (_, i) => i);
  const line = (row: number, shift: number) =>
    columns.map((i) => ((row * 31 + i * 7) % 53) + (i % 100 === 0 ? shift : 0)).join(',');
  const file = (name: string, shift: number) =>
    world.write(
      name,
      `${columns.map((i) => `column_${i}`).join(',')}\n${Array.from({ length: 90 }, (_, row) => line(row, shift)).join('\n')}\n`,
    );
  const html = await tiltmeter([
    ...['check', file('now.csv', 60), '--reference', file('before.csv', 0)],
    ...['--format', 'html'],
  ]);
  expect(html.err).toBe('');
  expect(html.exit).toBe(1);
  expect(html.out).toContain('100 of 10,000 columns failed');
  expect(Buffer.byteLength(html.out)).toBeLessThan(2_000_000);
});

test('a million categories', async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, i) => [`w${(i * 7919) % 500_000}x`, `${i % 3}`]);
  const now = world.write('many.csv', `word,colour\n${lines.map((line) => line.join(',')).join('\n')}\n`);
  const { out } = await tiltmeter(['check', now, '--reference', now, '--format', 'json']);
  const columns: { name: string; status: string }[] = JSON.parse(out).columns;
  expect(columns.find(({ name }) => name === 'word')?.status).toMatch(/ok|skipped/);
  expect(columns.find(({ name }) => name === 'colour')?.status).toBe('ok');
});
