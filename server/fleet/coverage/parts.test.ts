import { expect, test } from 'vitest';
import { type CoverageFacts, coverageOf } from './parts.ts';

const NOW = Date.UTC(2026, 2, 10, 12);
const HOUR = 3_600_000;
const nothing: CoverageFacts = {
  now: NOW,
  stages: new Map(),
  ...{ predictions: null, labels: null, outcomes: null, latency: null, spans: null, lines: null },
  features: { n: 0, last: null },
  machines: { titles: [], last: null },
  service: { titles: [], last: null },
  impact: false,
};
const part = (facts: Partial<CoverageFacts>, name: string) =>
  coverageOf('m', { ...nothing, ...facts }).items.find((item) => item.part === name);

test('of a model that sends nothing every part says its next step', () => {
  const { sends, of, items } = coverageOf('m', nothing);
  expect([sends, of]).toEqual([0, 12]);
  for (const { state, last, next, sentence } of items) {
    expect([state, last, sentence]).toEqual(['nothing', null, 'Nothing comes.']);
    expect(next).toMatch(/[.:)"]$/);
  }
});

test.each<[string, Partial<CoverageFacts>, string, string, string]>([
  ['predictions', { predictions: NOW - HOUR }, 'inference', 'sends', 'Predictions.'],
  [
    'both ways',
    { predictions: NOW - HOUR, stages: new Map([['inference', NOW]]) },
    'inference',
    'sends',
    'Predictions and stage records.',
  ],
  [
    'what ended',
    { stages: new Map([['training', NOW - 49 * HOUR]]) },
    'training',
    'stopped',
    'Stage records, but not any more.',
  ],
  [
    'machines',
    { machines: { titles: ['CPU', 'Memory'], last: NOW } },
    'infrastructure',
    'sends',
    'CPU, Memory.',
  ],
  ['the value of answers', { impact: true, labels: NOW }, 'business', 'sends', 'The value of answers.'],
])('%s', (_name, facts, name, state, sentence) => {
  expect(part(facts, name)).toMatchObject({ state, sentence });
});
