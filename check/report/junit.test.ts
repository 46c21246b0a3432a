import { expect, test } from 'vitest';
import { junitReport } from './junit.ts';
import { column, HOSTILE, reportOf } from './report.testing.ts';

/** Elements and their attributes as Jenkins' schema (junit-10.xsd) has them; those marked must be there. */
const SCHEMA: Readonly<
  Record<string, { readonly must: readonly string[]; readonly may: readonly string[] }>
> = {
  testsuites: { must: [], may: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: { must: ['name', 'tests', 'failures', 'errors'], may: ['time', 'skipped'] },
  testcase: { must: ['name'], may: ['classname', 'time'] },
  failure: { must: [], may: ['type', 'message'] },
  skipped: { must: [], may: ['type', 'message'] },
};

/** Start tags with their attributes; the text outside them has no markup left. */
function tags(xml: string) {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const rest = xml
    .replace(/^<\?xml[^>]*\?>/, '')
    .replace(/<(\/?)(\w+)((?: \w+="[^"<>]*")*)\/?>/g, (_, end, name, attributes) => {
      const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
      if (end === '') found.push({ name, attributes: Object.fromEntries(pairs) });
      return '';
    });
  expect(rest).not.toMatch(/[<>"]/);
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
  return found;
}

const report = reportOf(
  [
    column('age', 'drift', 1),
    column('country', 'quality', 2),
    column('fine', 'ok', 3),
    column('id', 'skipped', 4),
    ...HOSTILE.map((name, i) => column(name, 'drift', 5 + i, { reasons: [name] })),
  ],
  { schema: { added: ['more'], removed: ['less'], retyped: [] } },
);

test('every element and attribute is one that the schema knows', () => {
  for (const { name, attributes } of tags(junitReport(report))) {
    const { must, may } = SCHEMA[name]!;
    expect(Object.keys(attributes)).toEqual(expect.arrayContaining([...must]));
    expect([...must, ...may]).toEqual(expect.arrayContaining(Object.keys(attributes)));
    if (attributes.time !== undefined) expect(attributes.time).toMatch(/^\d{1,3}(\.\d*)?$/);
  }
});

test('a case for each column, the sentence in each failure, counts that are right', () => {
  const found = tags(junitReport(report));
  const cases = found.filter(({ name }) => name === 'testcase');
  const columns = cases.filter(({ attributes }) => attributes.classname === 'tiltmeter.columns');
  expect(columns).toHaveLength(report.columns.length);
  const suite = found.find(({ name }) => name === 'testsuite')!.attributes;
  expect(suite).toMatchObject({
    tests: String(cases.length),
    failures: String(found.filter(({ name }) => name === 'failure').length),
    skipped: String(found.filter(({ name }) => name === 'skipped').length),
  });
  const xml = junitReport(report);
  expect(xml).toMatch(
    /name="age" time="0"><failure type="drift" message="&quot;a&quot; went from 50 % to 10 %;/,
  );
  expect(xml).toMatch(
    /name="columns of the tables" time="0"><failure type="schema" message="column &quot;less&quot; is gone/,
  );
  expect(xml).toMatch(/name="fine" time="0"\/>/);
});
