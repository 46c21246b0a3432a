import { expect, test } from 'vitest';
import { TableProfile } from '../../../contract/table-profile.ts';
import { HOSTILE } from '../../report/report.testing.ts';
import { places } from '../../report/text.ts';
import { PROFILE_REPORTS } from './index.ts';
import { column, profileOf } from './profile.testing.ts';

const hostile = profileOf(HOSTILE.map((name) => column(name)));
const plainStyle = { colour: false, width: 80 };

test.each([70, 80, 120, 200])('table at %i places: no line is longer, no control character', (width) => {
  const text = PROFILE_REPORTS.table(hostile, { colour: false, width });
  for (const line of text.split('\n')) expect(places(line)).toBeLessThanOrEqual(width);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
  expect(text).toContain('└ 50 % of its values');
});

test('json: what the contract describes', () => {
  const written = JSON.parse(PROFILE_REPORTS.json(hostile));
  expect(TableProfile.parse(written)).toEqual(written);
});

test('markdown: names are text, and ten thousand columns fit a comment', () => {
  const text = PROFILE_REPORTS.markdown(hostile);
  expect(text).not.toMatch(/[<>]/);
  for (const row of text.split('\n').filter((line) => line.startsWith('| ▲')))
    expect(row.match(/\|/g)).toHaveLength(8);
  const many = profileOf(Array.from({ length: 10_000 }, (_, i) => column(`column_${i}`)));
  expect(Buffer.byteLength(PROFILE_REPORTS.markdown(many))).toBeLessThan(65_536);
  expect(PROFILE_REPORTS.table(many, plainStyle).split('\n').length).toBeLessThan(700);
});

test('html: no markup from names, under 2 MB with ten thousand columns', () => {
  const html = PROFILE_REPORTS.html(hostile);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html).not.toContain('<img');
  const many = profileOf(Array.from({ length: 10_000 }, (_, i) => column(`${'<'.repeat(50)}${i}`)));
  expect(Buffer.byteLength(PROFILE_REPORTS.html(many))).toBeLessThan(2_000_000);
});
