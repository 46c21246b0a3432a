import { expect, test } from 'vitest';
import { COMPARISONS } from '../../../stats/comparisons/index.ts';
import { ABOUT_TESTS } from './about-tests.ts';

test('a reader is told what every test is', () => {
  expect(Object.keys(ABOUT_TESTS).sort()).toEqual(COMPARISONS.map(({ id }) => id).sort());
});
