import { expect, test } from 'vitest';
import { checked, refused } from '../../cli/check/checked.testing.ts';
import { createWorld, csv } from '../world.testing.ts';

/** Labels, predictions and scores that do not go together: no number is made of them, and a reason stands in its place. */

const world = createWorld();
const N = 400;
const rows = (value: (i: number) => string | number) => Array.from({ length: N }, (_, i) => value(i));
/** 160 positives, of which 120 are found; 40 false alarms: accuracy 0.8. */
const truth = (i: number) => (i % 10 < 4 ? 1 : 0);
const guess = (i: number) => [1, 1, 1, 0, 0, 0, 0, 0, 0, 1][i % 10]!;
const columns = {
  x: rows((i) => (i * 7919) % 97),
  y: rows(truth),
  said: rows((i) => (truth(i) ? 'Yes' : 'No')),
  guess: rows(guess),
  guessed: rows((i) => (guess(i) ? 'TRUE' : 'FALSE')),
  outcome: rows((i) => (guess(i) ? 'accept' : 'refuse')),
  score: rows((i) => (truth(i) + 0.5) / 2),
  logit: rows((i) => 4 * truth(i) - 2 + (i % 7) / 10),
  level: rows((i) => (i % 2 ? 'high' : 'low')),
  kind: rows((i) => ['a', 'b', 'c'][i % 3]!),
  amount: rows((i) => (i * 31) % 211),
};
const file = world.write('table.csv', csv(columns));
const { y: _, ...unlabelled } = columns;
const withoutLabel = world.write('no-label.csv', csv(unlabelled));
const { guess: __, ...unguessed } = columns;
const withoutGuess = world.write('no-guess.csv', csv(unguessed));

test.each([
  ['numbers and numbers', 'y', 'guess'],
  ['words and numbers', 'said', 'guess'],
  ['numbers and words', 'y', 'guessed'],
  ['words and other words', 'said', 'guessed'],
])('yes and no, as %s', async (_, label, prediction) => {
  const { performance } = await checked(file, file, '--label', label, '--prediction', prediction);
  expect(performance).toMatchObject({ task: 'binary', reasons: [] });
  expect(performance.current!.accuracy).toBeCloseTo(0.8, 12);
  expect(performance.current!.recall).toBeCloseTo(0.75, 12);
});

test('the positive class may be named in either spelling', async () => {
  const { performance } = await checked(
    file,
    file,
    ...['--label', 'said', '--prediction', 'guess', '--positive', 'No'],
  );
  expect(performance.current!.recall).toBeCloseTo(200 / 240, 12);
});

test('a positive class that is none: refused, the near one is suggested', async () => {
  expect(
    await refused(file, file, ...['--label', 'said', '--prediction', 'guess', '--positive', 'yse']),
  ).toMatch(/positive: no label is "yse"; did you mean "yes"\?/);
});

test.each([
  [
    'predictions of other classes',
    ['--label', 'y', '--prediction', 'outcome'],
    /no prediction is equal to any label/,
  ],
  ['a score of words', ['--label', 'y', '--score', 'level'], /the score holds no numbers/],
  ['classes for a number', ['--label', 'amount', '--prediction', 'kind'], /holds no numbers/],
  [
    'one score for several classes',
    ['--label', 'kind', '--score', 'score'],
    /several classes need --prediction/,
  ],
  [
    'three classes called two',
    ['--label', 'kind', '--prediction', 'kind', '--task', 'binary'],
    /not two classes/,
  ],
])('%s: no metric, and the reason', async (_, flags, reason) => {
  const { performance } = await checked(file, file, ...flags);
  for (const side of [performance.reference, performance.current])
    expect(Object.values(side ?? {}).every((value) => value === null)).toBe(true);
  expect(performance.reasons.join()).toMatch(reason);
});

test('scores that are no probabilities rank, and decide nothing', async () => {
  const { performance } = await checked(file, file, '--label', 'y', '--score', 'logit');
  expect(Object.keys(performance.current!)).toEqual(['roc_auc', 'pr_auc', 'ks', 'lift_10']);
  expect(performance.current!.roc_auc).toBe(1);
  expect(performance.reasons.join()).toMatch(/the score lies outside 0 to 1/);
  expect(performance.worst_segments).toEqual([]);
});

test('a part that one table lacks is named', async () => {
  const flags = ['--label', 'y', '--prediction', 'guess', '--ignore', 'guess'];
  expect((await checked(withoutGuess, file, ...flags)).performance.reasons).toContain(
    'the current table has no column of the prediction',
  );
  const { performance } = await checked(withoutLabel, file, '--label', 'y', '--score', 'score');
  expect(performance.reasons.join()).toMatch(/current table has no labels/);
  expect(performance.estimated!.roc_auc).toBe(1);
});
