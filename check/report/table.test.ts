import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { column, HOSTILE, reportOf } from './report.testing.ts';
import { tableReport } from './table.ts';
import { places } from './text.ts';

const hostile = reportOf(
  HOSTILE.map((name, i) =>
    column(name, i % 2 ? 'drift' : 'quality', i + 1, {
      reasons: [`new categories ("${name}") rose from 0 % to 100 %`],
      bins: [{ label: name, kind: 'category', reference: 3, current: 4 }],
    }),
  ),
  { sources: { reference: `/a/long/way/${'down/'.repeat(30)}reference.csv`, current: HOSTILE[3] } },
);

test.each([70, 80, 120, 200])(
  'at %i places no line is longer, and nothing in a name reaches the terminal',
  (width) => {
    const text = tableReport(hostile, { colour: false, width });
    for (const line of text.split('\n')) expect(places(line)).toBeLessThanOrEqual(width);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('reference.csv');
  },
);

test('colour adds nothing but colour', () => {
  const coloured = tableReport(hostile, { colour: true, width: 120 });
  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(tableReport(hostile, { colour: false, width: 120 }));
});

test('columns line up', () => {
  const lines = tableReport(hostile, { colour: false, width: 120 }).split('\n');
  const at = lines
    .filter((line) => /■ quality|▲ drift/.test(line))
    .map((line) => places(line.split(/■|▲/)[0]!));
  expect(new Set(at).size).toBe(1);
});

test('many columns: all that fail within reason, the fine ones in one line', () => {
  const many = [
    ...Array.from({ length: 40 }, (_, i) => column(`bad_${i}`, 'drift', i + 1)),
    ...Array.from({ length: 960 }, (_, i) => column(`fine_${i}`, 'ok', i + 41)),
    column('id', 'skipped', 1001),
  ];
  const text = tableReport(reportOf(many), { colour: false, width: 80 });
  expect(text).toContain('bad_39');
  expect(text).toContain('● 950 more columns ok');
  expect(text).toContain('○ 1 not compared: id (an identifier');
  expect(text.split('\n').length).toBeLessThan(160);
});

test('every failing column has its sentence, n and threshold', () => {
  const text = tableReport(reportOf([column('amount', 'drift', 1)]), { colour: false, width: 200 });
  expect(text).toMatch(/amount +▲ drift .*0\.31 \(0\.27–0\.35\)/);
  expect(text).toContain(
    '└ "a" went from 50 % to 10 %; JS distance 0.31, interval 0.27–0.35, threshold 0.10.',
  );
  expect(text).toContain('current.parquet, n = 100, against training.parquet, n = 100; 1.2 s');
  expect(text).toContain('at or above 0.10');
});

test('a column that moved a little is told of in colour, shape and words, and is counted where there are too many', () => {
  const report = reportOf([column('little', 'shift', 1, { reasons: ['moved, small: by a hair'] })]);
  const text = tableReport(report, { colour: false, width: 120 });
  expect(text).toMatch(/little +△ moved/);
  expect(text).toContain('└ moved, small: by a hair.');
});
