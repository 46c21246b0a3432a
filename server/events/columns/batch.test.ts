import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { ModelSchema } from '../../models/columns/schema.ts';
import { labels } from '../kinds/labels.ts';
import { labelNumber } from '../validate/label-type.ts';
import type { Batch } from './batch.ts';
import { PredictionBatch } from './prediction-batch.ts';

/** Rows by the names of their features, which are plain here: each lies in a column of its own name. */
const rowsOf = (batch: Batch) => {
  const { arrow, columns } = batch.encode(1_795_168_800_000);
  const table = tableFromIPC(arrow);
  const names = columns.map(({ name }) => name).filter((name) => table.getChild(name) !== null);
  return table.toArray().map((row) => {
    const plain = row!.toJSON() as Record<string, unknown>;
    return Object.fromEntries(names.map((name) => [name.replace(/^_f_/, ''), plain[name]]));
  });
};

function predictions(rows: object[], schema = new ModelSchema('m', 't', [])): PredictionBatch {
  const batch = new PredictionBatch(schema);
  for (const [i, row] of rows.entries()) {
    expect(batch.admit({ model: 'm', ...row }, 1000)).toEqual([]);
    batch.write({ model: 'm', ...row }, `id${i}`, 1_795_168_800_123 + i);
  }
  return batch;
}

test('columns hold what was sent; those without a value are left out', () => {
  const batch = predictions([
    { features: { a: 1.5, b: 'x' } },
    { features: { b: 'é', a: null }, score: 0.5 },
    { features: { c: true }, prediction: 'yes' },
  ]);
  expect(batch.encode(0).columns.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['_f_a', '_f_b', '_id']),
  );
  const rows = rowsOf(batch);
  expect(rows).toEqual([
    expect.objectContaining({ _id: 'id0', a: 1.5, b: 'x', c: null, _score: null, _prediction: null }),
    expect.objectContaining({ _id: 'id1', a: null, b: 'é', c: null, _score: 0.5 }),
    expect.objectContaining({ _id: 'id2', a: null, b: null, c: 'true', _prediction: 'yes' }),
  ]);
  expect(rows[2]!._time).toBe(1_795_168_800_125n);
  expect(Object.keys(rows[0]!)).not.toContain('_tags');
});

test('values that do not fit are kept beside the row', () => {
  const schema = new ModelSchema('m', 't', [
    ['n', { type: 'numeric', declared: false }],
    ['zip', { type: 'categorical', declared: true }],
    ['flag', { type: 'boolean', declared: true }],
  ]);
  const rows = rowsOf(
    predictions(
      [{ features: { n: 'many', zip: 1234, flag: 'true' } }, { features: { n: 1, flag: 'maybe' } }],
      schema,
    ),
  );
  expect(rows[0]).toMatchObject({ zip: '1234', flag: 'true', _misfit: '{"n":"many"}' });
  expect(rows[1]).toMatchObject({ n: 1, _misfit: '{"flag":"maybe"}' });
});

test('rows are taken out of the middle', () => {
  const batch = predictions(Array.from({ length: 200 }, (_, i) => ({ features: { a: i, b: `b${i % 3}` } })));
  batch.drop(new Set([0, 100, 199]));
  const rows = rowsOf(batch);
  expect(rows).toHaveLength(197);
  expect([rows[0]!.a, rows[99]!.a, rows[196]!.a]).toEqual([1, 101, 198]);
  expect(rows[99]).toMatchObject({ _id: 'id101', b: 'b2' });
  expect(batch.hasId('id100')).toBe(false);
});

test('features beyond the columns of a model are left out, the rest of the row is not', () => {
  const schema = new ModelSchema('m', 't', []);
  const batch = new PredictionBatch(schema);
  const granted: number[] = [];
  const admit = (features: Record<string, number | null>) => {
    const row = { model: 'm', features, prediction: 7 };
    const surplus = batch.admit(row, 2, (n) => granted.push(n));
    batch.write(row, String(batch.rows), 0);
    return surplus;
  };
  expect(admit({ a: 1, b: 2, c: 3, d: null, e: 4 })).toEqual(['c', 'e']);
  expect(admit({ c: 5, b: 6 })).toEqual(['c']);
  expect(schema.features).toBe(2);
  expect(granted).toEqual([2]);
  const rows = rowsOf(batch);
  expect(rows).toMatchObject([
    { a: 1, b: 2, _prediction: 7 },
    { a: null, b: 6, _prediction: 7 },
  ]);
  expect(rows[0]).not.toHaveProperty('c');
});

test('a row whose new columns are not granted changes nothing', () => {
  const schema = new ModelSchema('m', 't', []);
  const batch = new PredictionBatch(schema);
  const refuse = () => {
    throw new Error('not now');
  };
  expect(() => batch.admit({ model: 'm', features: { a: 1 } }, 2, refuse)).toThrow('not now');
  expect([schema.features, batch.rows]).toEqual([0, 0]);
});

test('a column that another server made with another type first', () => {
  const schema = new ModelSchema('m', 't', []);
  const batch = predictions([{ features: { a: 1 } }, { features: { a: 2 } }, { features: {} }], schema);
  schema.confirm('a', { type: 'categorical', declared: false });
  batch.conform();
  expect(rowsOf(batch)).toMatchObject([{ _misfit: '{"a":"1"}' }, { _misfit: '{"a":"2"}' }, { _misfit: '' }]);
});

test('labels as text and as number', () => {
  const batch = labels.batch();
  const stamp = { id: '', time: 0 };
  for (const label of [1, 'no', true, '2.5']) labels.add(batch, { model: 'm', id: 'x', label }, stamp);
  expect(rowsOf(batch)).toMatchObject([
    { label: '1', label_number: 1 },
    { label: 'no', label_number: null },
    { label: 'true', label_number: null },
    { label: '2.5', label_number: 2.5 },
  ]);
  const texts: [string, number | undefined][] = [
    ['', undefined],
    [' ', undefined],
    ['1e3', 1000],
    ['-.5', -0.5],
    ['12px', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
  ];
  for (const [text, number] of texts) expect(labelNumber(text)).toBe(number);
});
