import { expect, test } from 'vitest';
import { qualityRecipe } from './choose.ts';
import { qualityUnknown, upsideDown } from './reasons.ts';

type Model = Parameters<typeof qualityRecipe>[0];
const none: Model = {
  task: 'binary',
  positive: null,
  known: new Set(),
  grids: new Map(),
  waiting: 0,
  impact: null,
};
const scored = new Set(['_label', '_confusion', '_score|deny', '_score|approve']);

test.each<[string, Partial<Model>, string | undefined, string]>([
  ['no label at all', {}, undefined, 'no_labels'],
  ['a task that is not settled', { task: 'unknown', known: scored }, undefined, 'task_not_settled'],
  ['also for a metric that people chose', { task: 'unknown', known: scored }, 'accuracy', 'task_not_settled'],
  ['nothing at all, and no task', { task: 'unknown' }, undefined, 'no_labels'],
  [
    'labels, and no prediction was mapped',
    { known: new Set(['_label']) },
    undefined,
    'no_answers_to_compare',
  ],
  [
    'labels of numbers, too',
    { task: 'regression', known: new Set(['_label']) },
    undefined,
    'no_answers_to_compare',
  ],
  ['labels of ids that are not there', { waiting: 40_004 }, undefined, 'labels_match_no_prediction'],
  ['scores of one class', { known: new Set(['_label', '_score|deny']) }, undefined, 'single_class'],
  ['nobody knows whose score it is', { known: scored }, undefined, 'positive_class_unknown'],
])('quality is not known, and why: %s', (_name, model, metric, reason) => {
  const recipe = qualityRecipe({ ...none, ...model }, metric);
  expect(recipe).toEqual({ reason });
  const labels = (model.waiting ?? 0) + (model.known ?? none.known).size;
  const { sentence, ...told } = qualityUnknown([{ model: 'm', state: 'no_data', reason }], labels);
  expect(told).toEqual({ reason });
  expect(sentence).toMatch(reason === 'no_labels' ? /^No labels yet/ : /./);
  expect(sentence.includes('No labels yet')).toBe(reason === 'no_labels');
});

test('labels that have just come are not called absent', () => {
  expect(qualityUnknown([], 12).reason).toBe('not_judged_yet');
  expect(qualityUnknown([], 0).reason).toBe('no_labels');
  const none = { model: 'm', state: 'no_data', reason: 'no_labels' } as const;
  expect(qualityUnknown([none], 12).sentence).toBe(
    'The newest predictions have no labels; earlier ones have theirs.',
  );
  // Lists of which nothing was relevant have labels that say so.
  expect(qualityUnknown([none], 12, 'ranking').reason).toBe('no_relevant_item');
});

test('of two classes the area is that of the positive one', () => {
  const of = (positive: string) => qualityRecipe({ ...none, known: scored, positive }, undefined);
  expect(of('approve')).toMatchObject({ metric: 'roc_auc', of: 'approve' });
  expect(of('deny')).toMatchObject({ metric: 'roc_auc', of: 'deny' });
});

test('an area below a half for certain is said to be upside down', () => {
  const area = { metric: 'roc_auc', value: 0.229, high: 0.26 };
  expect(upsideDown(area, 'deny')).toBe(
    'The scores rank upside down (ROC AUC 0.229, where 0.5 is chance): is the score the probability of deny? If it is of the other class, set the positive label in the settings of the model.',
  );
  expect(upsideDown({ ...area, high: 0.51 }, 'deny')).toBeNull();
  expect(upsideDown({ ...area, metric: 'accuracy' }, 'deny')).toBeNull();
  expect(upsideDown({ ...area, value: null }, 'deny')).toBeNull();
});
