import { expect, test } from 'vitest';
import { random } from '../stats/random.ts';
import { fuzzRoutes } from './fuzz-routes.ts';

test('400 generated requests over all routes of the document, none answered with a 5xx', async () => {
  const answers = await fuzzRoutes(400, random(1));
  expect(answers.get(200)).toBeGreaterThan(0);
  expect(answers.get(400)).toBeGreaterThan(0);
});
