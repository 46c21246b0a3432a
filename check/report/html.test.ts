import { expect, test } from 'vitest';
import { htmlReport } from './html.ts';
import { column, HOSTILE, reportOf } from './report.testing.ts';

const wide = { edges: Array.from({ length: 25 }, (_, i) => i * 1.234567), scale: 'linear' as const };
const counts = Array.from({ length: 24 }, (_, i) => 12_345 + i);

test.each([
  ['short names', (i: number) => `column_${i}`, 10_000],
  ['names that grow when they are escaped', (i: number) => `${'<'.repeat(200)}${i}`, 10_000],
  ['names of ten thousand letters', (i: number) => `${'n'.repeat(10_000)}${i}`, 10_000],
])('ten thousand columns, %s: under 2 MB, and it says what is left out', (_, name, n) => {
  const columns = Array.from({ length: n }, (_, i) =>
    column(name(i), i % 3 ? 'ok' : 'drift', i + 1, {
      bins: Array.from({ length: 22 }, (_, j) => ({
        label: `${'<'.repeat(200)}${j}`,
        kind: 'category',
        reference: 12_345 + j,
        current: 54_321 - j,
      })),
      histogram: { ...wide, edges: [...wide.edges], reference: counts, current: counts },
    }),
  );
  const removed = columns.map((each) => each.name);
  const html = htmlReport(reportOf(columns, { schema: { added: [], removed, retyped: [] }, notes: removed }));
  expect(Buffer.byteLength(html)).toBeLessThan(2_000_000);
  const { omitted, columns: listed } = embedded(html);
  expect(omitted + listed.length).toBe(n);
  expect(listed[0]).toHaveLength(7);
});

function embedded(html: string) {
  const [, json] = /<script type="application\/json" id="report">(.*)<\/script>\n<script>/.exec(html)!;
  return JSON.parse(json!) as { omitted: number; columns: unknown[][] };
}

test('nothing of a file becomes markup', () => {
  const columns = HOSTILE.map((name, i) =>
    column(name, 'drift', i + 1, {
      reasons: [name],
      bins: [{ label: name, kind: 'category', reference: 1, current: 2 }],
    }),
  );
  const html = htmlReport(
    reportOf(columns, {
      summary: HOSTILE[0],
      notes: [...HOSTILE],
      sources: { reference: HOSTILE[1], current: HOSTILE[0] },
      schema: { added: [HOSTILE[0]], removed: [HOSTILE[1]], retyped: [] },
    }),
  );
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html).not.toContain('<img');
  expect(html).not.toMatch(/<b>/);
  expect(embedded(html).columns.map(([name]) => name)).toEqual([...HOSTILE]);
});

test('no address is asked for anything', () => {
  const html = htmlReport(reportOf([column('a', 'drift', 1)]));
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/(src|href)=/);
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
});
