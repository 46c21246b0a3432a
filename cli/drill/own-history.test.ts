import { expect, test } from 'vitest';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { ownHistory } from './own-history.ts';

/** A server that has so many labelled predictions, and beside each one without a label. */
function serverOf(n: number, task = 'binary'): { server: Tiltmeter; asked: string[] } {
  const asked: string[] = [];
  const record = (i: number, label: string | null) => ({
    features: { age: i % 60, city: i % 3 ? 'Ulm' : null, member: i % 2 === 0 },
    label: label === null ? null : { value: label },
  });
  const items = Array.from({ length: n }, (_, i) => [
    record(i, i % 3 ? 'no' : 'yes'),
    record(i, null),
  ]).flat();
  const call = async (method: string, path: string) => {
    asked.push(`${method} ${path}`);
    if (path === '/models/credit%20risk' || path === '/models/m') return { task };
    const at = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0);
    const next = at + 1000;
    return { items: items.slice(at, next), next_cursor: next < items.length ? String(next) : null };
  };
  return { server: { call } as unknown as Tiltmeter, asked };
}

test('the newest labelled predictions of a model are the table, and it is only read', async () => {
  const { server, asked } = serverOf(2500);
  const table = await ownHistory(server, 'credit risk', ['city']);
  expect(table).toMatchObject({ task: 'binary', positive: 'yes', features: { age: 'numeric' } });
  expect(table.rows).toHaveLength(2500);
  expect(Object.keys(table.features)).toEqual(['age', 'member']);
  expect(table.rows[0]).toEqual({ age: '0', city: '', member: 'true', _label: 'yes' });
  expect(asked.every((each) => each.startsWith('GET /models/credit%20risk'))).toBe(true);
  expect(asked[1]).toContain('where=_label%3Ane%3A');
});

test('of numbers every label is asked for as a number', async () => {
  const { server, asked } = serverOf(10, 'regression');
  await expect(ownHistory(server, 'm')).rejects.toThrow('m has 10 predictions');
  expect(asked[1]).toContain('where=_label%3Agte%3A-1e300');
});

test('too few labels are said, with what else there is', async () => {
  await expect(ownHistory(serverOf(300).server, 'm')).rejects.toThrow('m has 300 predictions with a label');
});
