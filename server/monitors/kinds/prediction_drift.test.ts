import { expect, test } from 'vitest';
import { columnOf, draws, judgeLast } from '../test-subjects.ts';
import { prediction_drift } from './prediction_drift.ts';

const reference = draws(5_000, { approve: 0.8, deny: 0.2 });
const hours = (shares: Record<string, number>) =>
  Array.from({ length: 24 }, (_, i) => draws(50, shares, i + 10));

test.each([
  ['the same answers', { approve: 0.8, deny: 0.2 }, 'clear'],
  ['half are denied now', { approve: 0.5, deny: 0.5 }, 'breach'],
  ['an answer that was never given', { approve: 0.7, deny: 0.2, refer: 0.1 }, 'breach'],
])('%s', (_name, shares, verdict) => {
  expect(judgeLast(prediction_drift, columnOf(reference, hours(shares), 'categorical'))).toMatchObject({
    verdict,
  });
});

test('it is about the model, one series, and does not page', () => {
  expect(prediction_drift).toMatchObject({ layer: 'model', perColumn: false, severity: 'ticket' });
});
