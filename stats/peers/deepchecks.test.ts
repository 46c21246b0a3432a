import { describe, expect, test } from 'vitest';
import { deepchecks } from './deepchecks.ts';
import fixture from './fixtures/deepchecks.json' with { type: 'json' };
import { CASES, expectOutcome } from './peers.testing.ts';

describe.each(fixture.results)('$name', ({ name, tests }) => {
  const { reference, current } = CASES.get(name)!;
  test.each(Object.entries(tests as unknown as Record<string, number | string>))('%s', (id, recorded) => {
    expectOutcome(deepchecks.tests[id]!.compute(reference, current), recorded);
  });
});

test('every test of the table has its numbers', () => {
  const seen = new Set(fixture.results.flatMap(({ tests }) => Object.keys(tests)));
  expect([...seen].sort()).toEqual(Object.keys(deepchecks.tests).sort());
  expect(fixture.version).toBe(deepchecks.version);
});
