import { expect, test } from 'vitest';
import { wholeSentence } from './performance.ts';

const whole = (auc: number, low: number, high: number, drift: boolean) =>
  wholeSentence({
    multivariate: {
      domain_classifier_auc: auc,
      low,
      high,
      drift,
      threshold: 0.65,
      columns: [{ name: 'age', share: 1 }],
    },
  });

test('the rows as a whole: told apart, hardly, and not at all where the tables share rows', () => {
  expect(whole(0.9, 0.85, 0.95, true)).toBe(
    'all columns together: a classifier tells the two tables apart with AUC 0.90 (0.85–0.95), mostly by age; 0.5 = not at all, threshold 0.65',
  );
  expect(whole(0.52, 0.49, 0.55, false)).toContain('with AUC 0.52 (0.49–0.55); 0.5 = not at all');
  expect(whole(0.19, 0.16, 0.21, false)).toContain(
    'does not tell the two tables apart, AUC 0.19 (0.16–0.21); below 0.5 when rows are in both tables',
  );
});
