import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { classLogLoss, macroAuc, oneVsRestAuc } from './class-probabilities.ts';

const { label, oneVsRest } = fixture.multiclass;
const probabilities = new Map(Object.entries(fixture.multiclass.probabilities));

test('scikit-learn: one against the rest', () => {
  const areas = oneVsRestAuc({ label, probabilities });
  for (const [name, expected] of Object.entries(oneVsRest)) {
    const area = areas.get(name)!;
    if (!('value' in area)) throw new Error(area.reason);
    expectClose(area.value, expected, 1e-12, name);
  }
});

test('unknown labels cost the most, rows without probabilities nothing', () => {
  const rows = { label: ['x', 'ant', null, 'ant'], probabilities: new Map([['ant', [1, 1, 1, null]]]) };
  expect(classLogLoss(rows)).toMatchObject({ value: expect.closeTo((52 * Math.LN2) / 2, 9) });
  expect(macroAuc({ label: [], probabilities })).toEqual({ reason: 'not_enough_data' });
  expect(macroAuc({ label: ['ant', 'ant'], probabilities })).toEqual({ reason: 'single_class' });
});
