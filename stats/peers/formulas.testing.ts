import { describe, expect, test } from 'vitest';
import fixture from './fixtures/formulas.json' with { type: 'json' };
import type { PeerTool } from './peer.ts';
import { CASES, expectOutcome } from './peers.testing.ts';

/** Compares a tool that could not be run with an independent implementation of its published formulas. */
export function formulaTests(tool: PeerTool): void {
  const seen = new Set<string>();
  describe.each(fixture.results)('$name', ({ name, tests }) => {
    const { type, reference, current } = CASES.get(name)!;
    const recorded = (tests as unknown as Record<string, Record<string, number | string>>)[tool.id] ?? {};
    test('no number where a side is empty', () => {
      if (Object.keys(recorded).length > 0) return;
      for (const { compute } of Object.values(tool.tests).filter(({ accepts }) => accepts.includes(type)))
        expect(compute(reference, current)).toHaveProperty('reason');
    });
    for (const [id, value] of Object.entries(recorded)) {
      seen.add(id);
      test(id, () => expectOutcome(tool.tests[id]!.compute(reference, current), value));
    }
  });

  test('every test of the table has its numbers', () => {
    expect([...seen].sort()).toEqual(Object.keys(tool.tests).sort());
  });

  test('an empty side has a reason', () => {
    for (const definition of Object.values(tool.tests)) {
      const [some, none] = definition.accepts.includes('numeric')
        ? [Float64Array.from([1, 2, 3]), Float64Array.from([Number.NaN])]
        : [['a', 'b'], [null]];
      expect(definition.compute(some, none)).toHaveProperty('reason');
      expect(definition.compute(none, some)).toHaveProperty('reason');
    }
  });
}
