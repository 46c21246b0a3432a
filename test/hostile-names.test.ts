import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from './app.ts';
import { isTest, sources } from './conformance/sources.ts';
import { AFTER, type NamesWorld, testRoad } from './hostile-names.testing.ts';

let world: NamesWorld;
beforeAll(async () => {
  const tilt = await startTestApp({ clock: () => world?.now ?? AFTER });
  world = { tilt, now: AFTER };
});
afterAll(() => world.tilt.stop());

/** What the engine gives a meaning, or JavaScript, or a file system; what is long, or hardly to be told apart. */
const SPECIAL = [
  ...[
    'age',
    'age.null',
    'age.size0',
    'age.keys',
    'age.values',
    'n.a',
    'n',
    't.1',
    '1',
    'null',
    '*',
    '.',
    'a.b.c',
  ],
  ...[
    'toString',
    'valueOf',
    'constructor',
    'hasOwnProperty',
    'isPrototypeOf',
    'answers',
    'c1',
    'f0',
    'f_age',
  ],
  ...[
    'Age',
    'AGE',
    'aGe',
    'model',
    'column',
    'id',
    'time',
    'SELECT',
    'x FROM y',
    'x:gt',
    'a,b',
    '=1+1',
    '{x:Int64}',
  ],
  ...[
    '{db}',
    '{table:labels}',
    '%2e',
    '../../x',
    '--',
    '/* */',
    'gr\u00f6\u00dfe',
    'gro\u0308\u00dfe',
    '😀',
    '😀'.repeat(128),
    'ä'.repeat(127),
  ],
  ...[
    'a b',
    ' a b',
    'a b ',
    'a\u202eb',
    'a\u200bb',
    '$1',
    '$&',
    '<script>',
    '[a]',
    '(cm)',
    '|',
    '_all'.slice(1),
  ],
];

/** What our statements call something by; `hostile-names.slow.test.ts` has all of them. */
const CALLED = [
  'bucket',
  'version',
  'value',
  'total',
  'stamp',
  'rows',
  'at',
  'name',
  'k',
  'v',
  'sample',
  'first',
];

test('no statement calls anything as the column of a feature is called', () => {
  const named = sources('server', /\.(ts|sql)$/)
    .filter(({ path }) => !isTest(path) && !path.endsWith('column-name.ts'))
    .filter(({ text }) => /(?<![\w$])_[fh]_\w/.test(text));
  expect(named.map(({ path }) => path)).toEqual([]);
});

testRoad(() => world, { model: 'special', names: [...new Set([...SPECIAL, ...CALLED])] });

const REFUSED = [
  '__proto__',
  '_id',
  '_prediction',
  '_f_age',
  '',
  'x'.repeat(200),
  'a"b',
  "a'b",
  'a`b',
  'a\\b',
  'a;b',
  'a\nb',
  'a\u0000b',
  '\ud800',
];

test('what is no name of a feature harms nothing beside it', async () => {
  const bad = REFUSED.map(
    (name, i) => `{"model":"refused","id":"b${i}","features":{${JSON.stringify(name)}:1,"age":2}}`,
  );
  const good = REFUSED.map((_, i) => `{"model":"refused","id":"g${i}","features":{"age":${i}}}`);
  const body = `[${bad.map((each, i) => `${each},${good[i]}`).join()}]`;
  const receipt = await world.tilt.json('POST', '/api/v1/predictions', body);
  const rejected = REFUSED.map((_, i) =>
    expect.objectContaining({ index: 2 * i, code: 'invalid_feature_name' }),
  );
  expect(receipt.body).toMatchObject({ stored: REFUSED.length, rejected });
  const { body: page } = await world.tilt.json('GET', '/api/v1/models/refused/predictions?limit=100');
  expect(page.items.map(({ features }: { features: { age: number } }) => features.age).sort()).toEqual(
    REFUSED.map((_, i) => i).sort(),
  );
});
