import { expect, test } from 'vitest';
import { KEPT } from '../../server/status/retention/kept.ts';
import { sources } from './sources.ts';

const { text: page } = sources('docs', /^docs\/privacy\.md$/)[0]!;
const map = page.slice(page.indexOf('## What lies where'));
const named = new Set([...map.matchAll(/`([\w*.-]+)`/g)].map(([, name]) => name!));

test('every table of the ledger is in the data map', () => {
  const schema = sources('server/store/ledger', /schema\.ts$/)[0]!.text;
  const tables = [...schema.matchAll(/^ {2}(\w+): \w+Row;/gm)].map(([, table]) => table!);
  expect(tables.length).toBeGreaterThan(40);
  expect(tables.filter((table) => !named.has(table))).toEqual([]);
});

test('every table of the lake is in the data map', () => {
  const made = sources('server/store/lake', /\.(sql|ts)$/).flatMap(({ path, text }) =>
    /test|contract|missing-tables/.test(path)
      ? []
      : [...text.matchAll(/CREATE TABLE IF NOT EXISTS (?:\{table:|\{db\}\.|tiltmeter\.)(\w+)/g)],
  );
  const tables = [...new Set(made.map(([, table]) => (table === 'NAME' ? 'predictions_*' : table!)))];
  expect(tables.length).toBeGreaterThan(7);
  expect(tables.filter((table) => !named.has(table))).toEqual([]);
});

test('everything whose time can be set is in the data map', () => {
  const tables = KEPT.flatMap<string>(({ name, tables = [] }) => (tables.length > 0 ? tables : [name]));
  expect(tables.filter((table) => !named.has(table))).toEqual([]);
});
