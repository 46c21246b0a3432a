import { expect, test } from 'vitest';
import { surrogateInProcess } from './process.ts';
import { fitSurrogate } from './surrogate.ts';

const x = Float64Array.from({ length: 400 }, (_, i) => i % 20);
const noise = Float64Array.from({ length: 400 }, (_, i) => (i * 7919) % 13);
const sample = {
  features: [
    { name: 'x', kind: 'numeric' as const, values: x },
    { name: 'noise', kind: 'numeric' as const, values: noise },
  ],
  answers: [...x].map((value) => 3 * value),
};

test('a process of its own says what the fit here says', async () => {
  const found = await surrogateInProcess(sample);
  expect(found).toEqual(fitSurrogate(sample));
  expect(found!.shares.x).toBeGreaterThan(0.9);
});

test('too few rows teach nothing', async () => {
  expect(await surrogateInProcess({ features: [], answers: [] })).toBeNull();
});

test('a fit that takes too long is ended', async () => {
  const bounds = { timeoutMs: 1, heapMb: 512 };
  await expect(surrogateInProcess(sample, bounds)).rejects.toThrow('took longer than 0.001 s');
});
