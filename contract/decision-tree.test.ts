import { expect, test } from 'vitest';
import { DecisionTree, decisionSteps } from './decision-tree.ts';

const TREE = `Is the nightly load late?
  yes: Restart it
    Watch the next bucket
  no: Did the schema change?
    yes: Tell the data engineer

Write down what it was`;

test('a tree is read line by line; what leads to a step is its name', () => {
  expect(decisionSteps(TREE).map(({ depth, answer, text }) => [depth, answer, text])).toEqual([
    [0, null, 'Is the nightly load late?'],
    [1, 'yes', 'Restart it'],
    [2, null, 'Watch the next bucket'],
    [1, 'no', 'Did the schema change?'],
    [2, 'yes', 'Tell the data engineer'],
    [0, null, 'Write down what it was'],
  ]);
  expect(decisionSteps(TREE)[4]!.key).toBe(
    'Is the nightly load late? › Did the schema change? › Tell the data engineer',
  );
  expect(decisionSteps('See https://wiki.example.org/x')[0]).toMatchObject({ answer: null });
});

test.each([
  ['', 'must have at least one step'],
  ['a\n      b', 'further in than one below the step before it: b'],
  ['a\na', 'the same step twice in one place: a'],
  [Array.from({ length: 51 }, (_, i) => `${i}`).join('\n'), 'at most 50 steps'],
  ['x'.repeat(201), 'more than 200 characters'],
])('what is no tree is refused with the reason', (tree, why) => {
  expect(DecisionTree.safeParse(tree).error?.issues[0]?.message).toContain(why);
});
