import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FEATURE_NAME } from '../contract/name.ts';
import { startTestApp } from './app.ts';
import { isTest, sources } from './conformance/sources.ts';
import { AFTER, type NamesWorld, testRoad } from './hostile-names.testing.ts';

let world: NamesWorld;
beforeAll(async () => {
  const tilt = await startTestApp({ clock: () => world?.now ?? AFTER });
  world = { tilt, now: AFTER };
});
afterAll(() => world.tilt.stop());

/** Beyond plain characters: parts that the engine, SQL, JavaScript or an address gives a meaning, put together by chance. */
const PART = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '.',
    '.null',
    '.size0',
    '.keys',
    '.values',
    '.dict',
    ':',
    '(',
    ')',
    '--',
    ' AS ',
    '{x:Int64}',
    '`',
  ),
  fc.constantFrom(
    'age',
    'AGE',
    'n',
    'f0',
    '_f_',
    '_2e_',
    '__',
    '%00',
    '\u202e',
    '\u200b',
    'e\u0301',
    '\u00e9',
  ),
);
const isName = (name: string) => FEATURE_NAME.test(name) && name.isWellFormed();
const fuzzed = (seed: number) => [
  ...new Set(
    fc
      .sample(fc.array(PART, { minLength: 1, maxLength: 5 }), { seed, numRuns: 400 })
      .map((parts) => parts.join(''))
      .filter(isName),
  ),
];

/** What our statements call something by. */
const ALIASES = sources('server', /\.ts$/)
  .filter(({ path }) => !isTest(path))
  .flatMap(({ text }) => [...text.matchAll(/\b(?:AS|WITH|JOIN) ([a-z]\w*)/g)].map(([, name]) => name!));

test('there is something to try', () => {
  expect(new Set(ALIASES).size).toBeGreaterThan(100);
  expect(fuzzed(7).length).toBeGreaterThan(100);
});

describe.each([
  { model: 'control', names: ['age', 'country', 'income', 'city'] },
  { model: 'aliases', names: [...new Set(ALIASES)], odd: true },
  { model: 'fuzz', names: fuzzed(7) },
  { model: 'fuzz-odd', names: fuzzed(11), odd: true },
])('$model', (named) => testRoad(() => world, named));
