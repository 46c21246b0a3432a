import { expect, test } from 'vitest';
import type { SetupFacts } from './facts.ts';
import { setupProgress, setupSteps } from './steps.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 1, 10, 37);
const at = (hour: number) => Date.UTC(2026, 2, 1, hour);

const fresh: SetupFacts = {
  now: NOW,
  bucketMs: HOUR,
  task: 'binary',
  positive: null,
  predictions: 2,
  counted: 0,
  spanMs: 0,
  timeless: null,
  answers: { prediction: true, score: false },
  reference: null,
  first: at(10),
  judged: false,
  dueAt: at(11) + 6 * 60_000,
  labels: { found: 0, waiting: 0 },
  qualityUnknown: 'No labels yet.',
  channels: 0,
};

const done: SetupFacts = {
  ...fresh,
  predictions: 41_000,
  spanMs: 30 * 24 * HOUR,
  reference: { name: 'training', rows: 8_232 },
  judged: true,
  labels: { found: 40_000, waiting: 4 },
  qualityUnknown: null,
  channels: 1,
};

const step = (facts: SetupFacts, id: string) => setupSteps(facts).find((one) => one.id === id);

test.each<[string, Partial<SetupFacts>, string, string, RegExp]>([
  ['nothing came', { predictions: 0, first: null }, 'predictions', 'todo', /No prediction has come/],
  ['two predictions', {}, 'predictions', 'done', /^2 predictions stored/],
  [
    'no time in them',
    { predictions: 8_232, timeless: { n: 8_232, of: 8_232 } },
    'predictions',
    'wrong',
    /8,232 of 8,232 of the newest were stored at the moment they came/,
  ],
  [
    'no reference yet',
    { predictions: 412, spanMs: 5 * HOUR },
    'reference',
    'waiting',
    /the first day becomes the reference by itself, when it has 1,000 predictions/,
  ],
  [
    'rows enough, but no day',
    { predictions: 40_000, spanMs: 5 * HOUR },
    'reference',
    'waiting',
    /the first day becomes the reference by itself, when it is over/,
  ],
  ['both', { predictions: 40_000, spanMs: 24 * HOUR }, 'reference', 'waiting', /last bucket is complete/],
  ['a file as reference', done, 'reference', 'done', /^Compared with training, 8,232 rows/],
  [
    'the first hour fills',
    {},
    'judgement',
    'waiting',
    /^The first hour ends in 23 min and is judged 6 min later/,
  ],
  [
    'the first hour is over',
    { now: at(11) + 60_000 },
    'judgement',
    'waiting',
    /^The first hour is over and is judged in 5 min/,
  ],
  ['it is judged', done, 'judgement', 'done', /^Every hour is judged/],
  ['no label', {}, 'labels', 'todo', /^No label has come/],
  ['no label, and some rows', { counted: 1 }, 'labels', 'todo', /^No label has come/],
  ['profiles of agents alone', { counted: 2 }, 'labels', 'todo', /no ids that labels could find/],
  [
    'labels of other ids',
    { labels: { found: 0, waiting: 40_004 } },
    'labels',
    'wrong',
    /^0 of 40,004 labels found their prediction/,
  ],
  [
    'labels of predictions without an answer',
    { labels: { found: 40_004, waiting: 0 }, answers: { prediction: false, score: false } },
    'labels',
    'wrong',
    /^40,004 labels wait for a prediction field/,
  ],
  [
    'a few labels',
    { labels: { found: 5, waiting: 1 } },
    'labels',
    'waiting',
    /^5 of 6 labels found their prediction\. Quality is told from 200 in a window on/,
  ],
  [
    'labels enough, and still nothing to tell',
    { labels: { found: 900, waiting: 0 }, qualityUnknown: 'All labels so far are of one class.' },
    'labels',
    'waiting',
    /^900 of 900 labels found their prediction\. All labels so far are of one class\./,
  ],
  ['quality is known', done, 'labels', 'done', /^40,000 of 40,004 labels found their prediction/],
  ['nobody is told', {}, 'channel', 'todo', /sent to nobody/],
  ['a channel', done, 'channel', 'done', /^Incidents are sent to 1 channel\./],
])('%s', (_name, change, id, state, sentence) => {
  const found = step({ ...fresh, ...change }, id);
  expect([found?.state, found?.sentence]).toEqual([state, expect.stringMatching(sentence)]);
  expect(found?.gives === null).toBe(state === 'done');
});

test('progress is rows until there are enough, then the hours that are still to pass', () => {
  expect(step({ ...fresh, predictions: 412, spanMs: 5 * HOUR }, 'reference')?.progress).toEqual({
    ...{ done: 412, of: 1_000, unit: 'predictions' },
  });
  expect(step({ ...fresh, predictions: 40_000, spanMs: 5 * HOUR }, 'reference')?.progress).toEqual({
    ...{ done: 5, of: 24, unit: 'hours' },
  });
});

test('of which class the score is, is asked where it matters', () => {
  expect(step(fresh, 'positive_class')).toBeUndefined();
  const scored = { ...fresh, answers: { prediction: true, score: true } };
  expect(step(scored, 'positive_class')?.state).toBe('todo');
  expect(step({ ...scored, positive: { label: 'approve', by: 'set' } }, 'positive_class')).toMatchObject({
    state: 'done',
    sentence: 'The score is the probability of approve, as its positive label is set.',
  });
  expect(step({ ...scored, task: 'regression' }, 'positive_class')).toBeUndefined();
});

test('a model that is judged is set up, whatever else could be there', () => {
  expect(setupProgress(setupSteps(fresh))).toEqual({ done: 1, of: 5 });
  expect(setupProgress(setupSteps({ ...done, channels: 0, labels: fresh.labels }))).toBeNull();
});
