import { expect, test } from 'vitest';
import { CASES, saysAsPeers } from './by-peer.testing.ts';

test('each tool is heard on at least two tables', () => {
  expect(CASES.map(({ tool }) => tool)).toEqual([
    ...['evidently', 'evidently', 'evidently', 'evidently', 'nannyml', 'nannyml', 'sagemaker', 'sagemaker'],
    ...['deepchecks', 'deepchecks'],
  ]);
});

saysAsPeers((table) => table !== 'adult');
