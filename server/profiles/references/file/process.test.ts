import { expect, test } from 'vitest';
import { READING_LIMITS, withReferenceFile } from './process.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const rows = (n: number) =>
  bytes(`x,y\n${Array.from({ length: n }, (_, i) => `${i},row ${i}`).join('\n')}\n`);

test('a file is read in a process of its own, and let go of once that has it', async () => {
  let taken = false;
  const limits = { ...READING_LIMITS, taken: () => (taken = true) };
  const made = await withReferenceFile(rows(100), 'text/csv', limits, async ({ found, profile }) => {
    expect(taken).toBe(true);
    expect(found).toMatchObject({ rows: 100, rejected: 0 });
    const schema = { type: 'numeric', declared: false } as const;
    return profile({
      features: [['x', 'amount', schema]],
      score: undefined,
      label: undefined,
      task: 'unknown',
      grids: new Map(),
    });
  });
  expect(made.profiles.get('amount')).toMatchObject({ n: 100, min: 0, max: 99 });
  expect(made.grids.has('amount')).toBe(true);
});

test.each([
  ['time', { ...READING_LIMITS, withinMs: 1 }, 100],
  ['memory', { ...READING_LIMITS, heapMb: 8 }, 400_000],
])('more %s than it may take ends it, and nothing else', async (_, limits, n) => {
  const attempt = withReferenceFile(rows(n), 'text/csv', limits, async ({ profile }) => {
    const schema = { type: 'categorical', declared: false } as const;
    const features = [['y', 'y', schema]] as const;
    return profile({ features, score: undefined, label: undefined, task: 'unknown', grids: new Map() });
  });
  await expect(attempt).rejects.toMatchObject({ code: 'reference_too_large' });
});

test('what is no table is refused by its code', async () => {
  const attempt = withReferenceFile(bytes('a\n"1\n'), 'text/csv', READING_LIMITS, async () => {});
  await expect(attempt).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('never closed'),
  });
});
