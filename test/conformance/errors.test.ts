import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../../contract/errors.ts';
import { errorsPage } from '../../docs/generate/errors.ts';
import { code, isTest, ROOT } from './sources.ts';

const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');

test('docs/errors.md is what the table says (npm run docs)', () => {
  expect(page).toBe(errorsPage());
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
