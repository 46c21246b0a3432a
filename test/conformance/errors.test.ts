import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../../contract/errors.ts';
import { PAGES } from '../../docs/generate/pages.ts';
import { code, isTest, ROOT } from './sources.ts';

const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

test.each([...PAGES])('%s is what the code says (npm run docs)', (path, made) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(made);
});

test('every code has its section and every section its code', () => {
  const sections = [...page.matchAll(/^## `(\w+)`$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(Object.keys(ERRORS).sort());
});

test('every code is used by the product', () => {
  const text = code()
    .filter(({ path }) => !isTest(path) && path !== 'contract/errors.ts')
    .map((source) => source.text)
    .join('\n');
  const unused = Object.keys(ERRORS).filter((name) => !new RegExp(`['"]${name}['"]`).test(text));
  expect(unused).toEqual([]);
});
