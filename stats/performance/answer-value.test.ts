import { expect, test } from 'vitest';
import { mean } from '../intervals/mean.ts';
import { answerValue } from './answer-value.ts';

test('is the mean of what each answer is worth, as of rows', () => {
  const values = { tp: 10, fp: -5, fn: -300, tn: 0 };
  const rows = [
    ...new Array(30).fill(10),
    ...new Array(20).fill(-5),
    ...new Array(2).fill(-300),
    ...new Array(948).fill(0),
  ];
  const sum = rows.reduce((total, value) => total + value, 0);
  const sum2 = rows.reduce((total, value) => total + value * value, 0);
  expect(answerValue({ tp: 30, fp: 20, fn: 2, tn: 948 }, values)).toEqual(mean({ n: 1000, sum, sum2 }));
  expect(answerValue({ tp: 0, fp: 0, fn: 0, tn: 0 }, values)).toEqual({ reason: 'not_enough_data' });
});
