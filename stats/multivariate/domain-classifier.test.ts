import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import type { Feature } from '../trees/feature.ts';
import { domainClassifier } from './domain-classifier.ts';

const next = random(7);

/** Two columns with standard normal margins and the given correlation, and a category. */
function rows(n: number, correlation: number): Feature[] {
  const x = Array.from({ length: n }, () => randomNormal(next));
  const y = x.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * randomNormal(next));
  return [
    { name: 'x', kind: 'numeric', values: x },
    { name: 'y', kind: 'numeric', values: y },
    { name: 'c', kind: 'categorical', values: x.map(() => (next() < 0.5 ? 'a' : null)) },
  ];
}

test('no shift: 0.5 lies in the interval nineteen times in twenty', () => {
  let covered = 0;
  for (let run = 0; run < 20; run++) {
    const result = domainClassifier(rows(300, 0), rows(150, 0), { random: random(run), trees: 10 });
    if ('value' in result && result.low <= 0.5 && result.high >= 0.5) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(17);
});

test('a changed correlation that no single column shows is found, with its columns', () => {
  const result = domainClassifier(rows(800, 0.8), rows(800, -0.8), { random: random(2) });
  if (!('value' in result)) throw new Error(result.reason);
  expect(result.low).toBeGreaterThan(0.75);
  const share = Object.fromEntries(result.importance.map((entry) => [entry.name, entry.share]));
  expect(share.x! + share.y!).toBeGreaterThan(0.9);
});

test('too few rows', () => {
  expect(domainClassifier(rows(40, 0), rows(400, 0), { random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
  expect(domainClassifier([], [], { random: random(1) })).toEqual({ reason: 'not_enough_data' });
});
