import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { targetsOf } from './write-reports.ts';

const FORMATS = ['table', 'json', 'html', 'markdown', 'junit', 'sarif'] as const;
const at = (name: string) => join(tmpdir(), name);
const formats = (outs: string[], given?: (typeof FORMATS)[number]) =>
  targetsOf(outs, given, FORMATS).map(({ format }) => format);

test.each([
  ['nothing said: a table in the terminal', [], undefined, ['table']],
  ['a format, no file', [], 'json', ['json']],
  ['by the ending', [at('a.html')], undefined, ['html']],
  ['the format given comes before the ending of one file', [at('a.html')], 'json', ['json']],
  ['an ending that says nothing', [at('report')], 'junit', ['junit']],
  ['code scanning', [at('a.sarif')], undefined, ['sarif']],
  [
    'one run, many reports',
    [at('a.html'), at('a.MD'), at('a.xml'), at('a.json'), at('a.txt'), '-'],
    undefined,
    ['html', 'markdown', 'junit', 'json', 'table', 'table'],
  ],
  ['many reports, and a format for the terminal', [at('a.html'), '-'], 'json', ['html', 'json']],
] as const)('%s', (_, outs, given, expected) => {
  expect(formats([...outs], given)).toEqual(expected);
});

test('a folder that is missing is known before the work', () => {
  expect(() => formats([at('none-such/a.html')])).toThrow(/there is no folder/);
  expect(() => formats([tmpdir()])).toThrow(/is a folder/);
});

test('an ending that names no report, and no format: refused before the work, with those that are known', () => {
  expect(() => formats([at('report.log')])).toThrow(/its ending names no report/);
  expect(() => formats([at('report')])).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('.sarif') }),
  );
});
