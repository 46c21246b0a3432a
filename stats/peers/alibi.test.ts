import { describe, expect, test } from 'vitest';
import { alibi, bonferroni } from './alibi.ts';
import fixture from './fixtures/alibi.json' with { type: 'json' };
import { CASES, expectOutcome } from './peers.testing.ts';

describe.each(fixture.results)('$name', ({ name, tests }) => {
  const { type, reference, current } = CASES.get(name)!;
  test.each(Object.entries(tests as unknown as Record<string, number | string>))('%s', (id, recorded) => {
    expectOutcome(alibi.tests[id]!.compute(reference, current), recorded);
  });
  test('no number where a side is empty', () => {
    if (Object.keys(tests).length > 0) return;
    for (const { compute } of Object.values(alibi.tests).filter(({ accepts }) => accepts.includes(type)))
      expect(compute(reference, current)).toHaveProperty('reason');
  });
});

test('every test of the table has its numbers', () => {
  const seen = new Set(fixture.results.flatMap(({ tests }) => Object.keys(tests)));
  expect([...seen].sort()).toEqual(Object.keys(alibi.tests).sort());
  expect(fixture.version).toBe(alibi.version);
});

test('Bonferroni shares the level among the columns', () => {
  expect(bonferroni(20)).toBe(0.0025);
});
