import { expect, test } from 'vitest';
import { random } from '../../stats/random.ts';
import { fuzzRoutes } from './routes.ts';

test('300 generated requests over all routes of the document, by people and keys of each kind, none answered with a 5xx', async () => {
  const { answers, done } = await fuzzRoutes(300, random(1));
  expect(answers.get(200)).toBeGreaterThan(0);
  expect(answers.get(400)).toBeGreaterThan(0);
  for (const who of ['viewer', 'editor', 'admin']) expect(done.get(`a signed-in ${who}`)).toBeGreaterThan(0);
});
