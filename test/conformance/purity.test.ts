import { expect, test } from 'vitest';
import { code, isTest, withoutProse } from './sources.ts';

/**
 * Clock, randomness and environment are arguments. These files hand them in; everything else takes them.
 * web/ runs in a browser, where the clock is the user's.
 */
const product = code().filter(({ path }) => !isTest(path) && !path.startsWith('web/'));

function using(pattern: RegExp, allowed: RegExp): string[] {
  return product
    .filter(({ path, text }) => !allowed.test(path) && pattern.test(withoutProse(text)))
    .map(({ path }) => path);
}

const ENTRY_POINTS = /^(server\/main\.ts|cli\/main\.ts)$/;

test('only the entry points read the environment', () => {
  // the parent of the lake host hands its own environment on to the child
  const allowed = new RegExp(`${ENTRY_POINTS.source}|^server/child-environment\\.ts$`);
  expect(using(/\bprocess\.env\b/, allowed)).toEqual([]);
});

test('nothing deep inside asks the wall clock', () => {
  expect(using(/\bDate\.now\(\)|\bnew Date\(\)/, ENTRY_POINTS)).toEqual([]);
});

test('nothing uses unseeded randomness', () => {
  expect(using(/\bMath\.random\b/, /^$/)).toEqual([]);
});

test('nothing prints except the entry points and the command line', () => {
  expect(using(/\bconsole\.\w+\(/, /^(server\/main\.ts|cli\/.*)$/)).toEqual([]);
});
