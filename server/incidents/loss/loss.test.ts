import { expect, test } from 'vitest';
import { lossOf } from './loss.ts';
import { lossBrief, lossSentence } from './loss-sentence.ts';

const DAY = 86_400_000;
const IMPACT = { true_positive: 2, false_positive: -5, false_negative: -300, unit: 'EUR' };
const ANSWERS = {
  before: { tp: 400, fp: 50, fn: 10, tn: 540 },
  during: { tp: 150, fp: 40, fn: 30, tn: 180 },
  predictions: 3000,
  ms: 2 * DAY,
};

test('what answers are worth less, times predictions: as scipy.stats.ttest_ind(equal_var=False) has it', () => {
  const lost = lossOf(ANSWERS, { ...IMPACT, urgent_per_day: 17_000 });
  if ('reason' in lost) throw new Error(lost.reason);
  expect(lost.before).toEqual({ value: -2.45, n: 1000 });
  expect(lost.during).toEqual({ value: -22.25, n: 400 });
  const each = { value: 19.8, low: 11.796526966913234, high: 27.803473033086767 };
  for (const [of, factor] of [
    ['per_prediction', 1],
    ['total', 3000],
    ['per_day', 1500],
  ] as const)
    for (const end of ['value', 'low', 'high'] as const)
      expect(lost[of][end]).toBeCloseTo(factor * each[end], 6);
  expect(lost.urgent).toBe(true);
  expect(lossSentence(lost, { ...IMPACT, urgent_per_day: 17_000 })).toBe(
    'A prediction is worth 19.8 EUR less than in the 28 days before (-22.3 instead of -2.45, 95 % 11.8 to 27.8, 400 labelled): about 59,400 EUR over 3,000 predictions, 29,700 EUR a day, at least the 17,000 EUR from which it is P1.',
  );
  expect(lossBrief(lost)).toBe('about 29,700 EUR a day, 59,400 EUR so far');
});

test('what may be chance is not urgent, however much it would be', () => {
  const few = { ...ANSWERS, during: { tp: 15, fp: 4, fn: 1, tn: 20 } };
  const lost = lossOf(few, { ...IMPACT, urgent_per_day: 1 });
  expect(lost).toMatchObject({ urgent: false });
  expect(lossSentence(lost, IMPACT)).toMatch(/^Nothing is lost for certain: .* may be chance/);
  if (!('reason' in lost)) expect(lossBrief(lost)).toBeNull();
  const better = lossOf({ ...ANSWERS, before: ANSWERS.during, during: ANSWERS.before }, IMPACT);
  expect(lossSentence(better, IMPACT)).toBe(
    'Nothing is lost: a prediction is worth 19.8 EUR more than in the 28 days before (-2.45 instead of -22.3, 95 % 11.8 to 27.8, 1,000 labelled).',
  );
});

test('too few labels are a reason', () => {
  const none = lossOf({ ...ANSWERS, during: { tp: 9, fp: 9, fn: 9, tn: 2 } }, IMPACT);
  expect(none).toEqual({ reason: 'not_enough_data' });
  expect(lossSentence(none, IMPACT)).toMatch(/^What it costs cannot be told yet/);
});
