import { expect, test } from 'vitest';
import { markdownReport } from './markdown.ts';
import { column, HOSTILE, reportOf } from './report.testing.ts';

const MOST = 65_536;

test('what fails stands in a table with its sentence, the rest is folded', () => {
  const text = markdownReport(
    reportOf([column('age', 'drift', 1), column('b', 'ok', 2), column('id', 'skipped', 3)]),
  );
  expect(text).toMatch(
    /^### ❌ Tiltmeter: fail – 1 of 3 columns failed\n\ncurrent.parquet \(n = 100\) against/,
  );
  expect(text).toMatch(
    /\| \*\*age\*\* \| ▲ drift \| 0\.31 \(0\.27–0\.35\) \| 0 % → 2\.0 % \| ▅▅ \| ▁█ \| "a" went from/,
  );
  expect(text).toContain('<details><summary>2 columns that do not fail</summary>');
  expect(text.match(/<details>/g)).toHaveLength(1);
  expect(text.match(/<\/details>/g)).toHaveLength(1);
});

test.each([
  ['that fail', 'drift' as const],
  ['that do not', 'ok' as const],
])('ten thousand columns %s: under the limit, and it says how many more', (_, status) => {
  const columns = Array.from({ length: 10_000 }, (_, i) => column(`${'<|>'.repeat(40)}${i}`, status, i + 1));
  const removed = columns.map(({ name }) => name);
  const text = markdownReport(reportOf(columns, { schema: { added: [], removed, retyped: [] } }));
  expect(Buffer.byteLength(text)).toBeLessThan(MOST);
  expect(text).toMatch(/… and [\d,]+ more columns/);
  expect(text).toMatch(/false-discovery rate of 5 %\..*does not fail\.<\/sub>$/);
});

test('names are text: no markup, no link, no mention, no further cell', () => {
  const names = [
    ...HOSTILE,
    '@everyone',
    'see #12',
    'https://evil.example',
    'www.evil.example',
    '//evil.example',
    '_www.evil.example',
    '~~x~~ **y** $z$',
  ];
  const text = markdownReport(
    reportOf(
      names.map((name, i) => column(name, 'drift', i + 1, { reasons: [name] })),
      { notes: names, summary: HOSTILE[4] },
    ),
  );
  const rows = text.split('\n').filter((line) => line.startsWith('| **'));
  expect(rows).toHaveLength(names.length);
  for (const row of rows) expect(row.match(/\|/g)).toHaveLength(8);
  expect(text.replace(/<\/?(details|summary|sub)>/g, '')).not.toMatch(/[<>]/);
  expect(text).not.toMatch(/@\w|(?<!&)#\d|\/\/|www\.|\*\*y|~~|\[link/);
});

test('underscores within names stand as they are, others begin no emphasis', () => {
  const text = markdownReport(
    reportOf([column('bytes_sent', 'drift', 1), column('_id', 'ok', 2), column('a_ b', 'ok', 3)]),
  );
  expect(text).toContain('**bytes_sent**');
  expect(text).toContain('| \\_id |');
  expect(text).toContain('| a\\_ b |');
});
