import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import several from '../fixtures/class-probabilities.json' with { type: 'json' };
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { classBrier, classLogLoss, macroAuc, oneVsRestAuc } from './class-probabilities.ts';

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

test('scikit-learn: Brier score of several classes, log loss and ROC AUC of the same rows', () => {
  const rows = {
    label: several.label,
    probabilities: new Map(Object.entries(several.probabilities)),
  };
  for (const [found, expected] of [
    [classBrier(rows), several.brier],
    [classLogLoss(rows), several.logLoss],
    [macroAuc(rows), several.rocAuc],
  ] as const) {
    if ('reason' in found) throw new Error(found.reason);
    expectClose(found.value, expected, 1e-12);
  }
  const unheard = { label: ['yak', 'yak'], probabilities: new Map([['cat', [1, 0.5]]]) };
  expect(classBrier(unheard)).toMatchObject({ value: (2 + 1.25) / 2 });
  expect(classBrier({ label: [], probabilities: new Map() })).toEqual({ reason: 'not_enough_data' });
});
