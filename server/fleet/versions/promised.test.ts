import { expect, test } from 'vitest';
import { promisedOf } from './promised.ts';

test.each([
  ['the plain name', 'accuracy', { accuracy: 0.9 }, { name: 'accuracy', value: 0.9 }],
  [
    'rows that were not seen before those that were',
    'accuracy',
    { training_accuracy_score: 1, accuracy: 0.95, test_accuracy: 0.9 },
    { name: 'test_accuracy', value: 0.9 },
  ],
  ['a word behind', 'roc_auc', { 'AUC/val': 0.8 }, { name: 'AUC/val', value: 0.8 }],
  [
    'rows of training where there is nothing else',
    'rmse',
    { training_root_mean_squared_error: 3 },
    { name: 'training_root_mean_squared_error', value: 3 },
  ],
  ['no other metric', 'mae', { rmse: 3, mse: 9, latency: 1 }, null],
  ['a metric that nobody else names', 'lift', { lift: 2 }, { name: 'lift', value: 2 }],
  ['nothing', 'accuracy', {}, null],
])('%s', (_, metric, metrics, expected) => {
  expect(promisedOf(metric, metrics)).toEqual(expected);
});
