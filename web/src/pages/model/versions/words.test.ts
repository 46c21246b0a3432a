import { expect, test } from 'vitest';
import type { VersionComparison } from '../../../api/types.ts';
import {
  columnVerdict,
  comparedSentence,
  partSentence,
  sideSentence,
  togetherSentence,
  trafficOf,
} from './words.ts';

const side = {
  ...{ version: '2', n: 1234, share: 0.2, first: '2026-03-03T00:00:00Z', last: '2026-03-05T00:00:00Z' },
  ...{ from: '2026-03-03T00:00:00Z', to: '2026-03-05T00:00:00Z' },
};
const found = { version: side, baseline: { ...side, version: '1' }, together: null } as VersionComparison;

test('a version with its predictions and when they came', () => {
  expect(sideSentence(side, 'utc')).toBe('Version 2: 1,234 predictions (20 %), 3 Mar – 5 Mar 2026');
  expect(sideSentence({ ...side, version: '', first: null }, 'utc')).toBe(
    'No version: no predictions in this range',
  );
});

test('versions that never answered at once differ in time too', () => {
  expect(togetherSentence(found, 'utc')).toMatch(/^The two never answered at the same time/);
  const together = { from: '2026-03-03T00:00:00Z', to: '2026-03-04T00:00:00Z' };
  expect(togetherSentence({ ...found, together }, 'utc')).toBe('Both answered 3 Mar – 4 Mar 2026.');
  expect(togetherSentence({ ...found, baseline: null }, 'utc')).toBeNull();
});

test('what is told of a part says so', () => {
  expect(partSentence(side, 'utc')).toBeNull();
  expect(partSentence({ ...side, from: '2026-03-04T00:00:00Z' }, 'utc')).toBe(
    'Columns and quality of version 2 are of its newest part, 4 Mar – 5 Mar 2026.',
  );
});

test('traffic is per bucket', () => {
  const traffic = {
    step_ms: 7_200_000,
    points: [{ time: '2026-03-03T00:00:00Z', all: 30, version: 20, baseline: 10 }],
  };
  expect(trafficOf({ ...found, traffic }, 'version', 3_600_000)).toMatchObject([{ value: 10, n: 20 }]);
});

test.each([
  [{ columns: 12, differ: 2, moved: 1 }, 'Of 12 columns 2 differ, 1 moved a little.'],
  [{ columns: 1, differ: 0, moved: 0 }, 'Of 1 column none differs.'],
  [{ columns: 0, differ: 0, moved: 0 }, 'No column has enough values of both to be compared.'],
])('%o', (compared, sentence) => expect(comparedSentence(compared)).toBe(sentence));

test('how a column differs is said where it does', () => {
  expect(columnVerdict({ verdict: 'differs', how: 'Shifted up by 0.8 σ' }).text).toBe('Shifted up by 0.8 σ');
  expect(columnVerdict({ verdict: 'same', how: null }).state).toBe('ok');
});
