import { expect, test } from 'vitest';
import type { ModelLoss } from '../../../contract/loss.ts';
import { message } from '../channels/channel.testing.ts';
import { detailsOf, lossesOf, told } from './told.ts';

const LOSS: ModelLoss = {
  model: 'm1',
  loss: {
    per_prediction: { value: 2, low: 1, high: 3 },
    before: { value: 5, n: 900 },
    during: { value: 3, n: 90 },
    predictions: 100,
    total: { value: 200, low: 100, high: 300 },
    per_day: { value: 400, low: 200, high: 600 },
    unit: 'EUR',
    urgent: false,
  },
  sentence: 'A prediction is worth 2 EUR less: about 200 EUR over 100 predictions.',
};

test('what it costs is told between causes and runbooks, where it is known', () => {
  const unknown = { model: 'm1', loss: null, sentence: 'It cannot be told yet.' };
  expect(detailsOf(told(message('opened', { losses: [LOSS] }))).slice(2, 3)).toEqual([LOSS.sentence]);
  expect(lossesOf(told(message('opened', { losses: [unknown] })))).toEqual([]);
});

test('of several models each is named', () => {
  const of = { models: ['m0', 'm1'], model_names: ['Churn', 'Credit'], losses: [LOSS] };
  expect(lossesOf(told(message('opened', of)))).toEqual([`Credit: ${LOSS.sentence}`]);
});

test('a message that was written before costs were told is told as it is', () => {
  const { body, ...rest } = message('opened');
  const { incident, ...said } = JSON.parse(body);
  const { losses: _, ...older } = incident;
  expect(lossesOf(told({ ...rest, body: JSON.stringify({ ...said, incident: older }) }))).toEqual([]);
});
