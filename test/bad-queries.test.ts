import { expect, test } from 'vitest';
import { filled, HOSTILE, hostileQueries, MODEL, paths, statuses, tilt } from './bad-queries.testing.ts';

/**
 * No input reaches a 500: every query parameter of every GET route that the API documents, with values that nobody
 * means; and bodies with moments beyond every calendar.
 */
test('every query parameter with some hostile values, and each such value with some parameter', async () => {
  expect(await statuses(hostileQueries((p, v) => (p + v) % 8 === 0))).toEqual([]);
});

test('every parameter of a path with every hostile value', async () => {
  const addresses = paths.flatMap(([path]) =>
    [...path.matchAll(/\{(\w+)\}/g)].flatMap(([braces]) =>
      HOSTILE.filter((value) => value !== '').map((value) =>
        filled(path.replace(braces, encodeURIComponent(value.toWellFormed()))),
      ),
    ),
  );
  expect(await statuses(addresses)).toEqual([]);
});

test('a range of all of time, and one that ends before it begins', async () => {
  const ranges = ['from=0&to=7258118399999', 'from=7258118399998&to=7258118399999', 'from=100&to=1'];
  const addresses = paths
    .filter(([, parameters]) => parameters.some(({ name }) => name === 'from'))
    .flatMap(([path]) => ranges.map((range) => `${filled(path)}?${range}`));
  expect(addresses.length).toBeGreaterThan(9);
  expect(await statuses(addresses)).toEqual([]);
});

test.each([
  { kind: 'fixed', name: 'far', from: 0, to: 9_000_000_000_000_000 },
  { kind: 'fixed', name: 'before', from: -9_000_000_000_000_000, to: 0 },
  { kind: 'fixed', name: 'text', from: '0000-01-01T00:00:00Z', to: '9999-12-31T00:00:00Z' },
  { kind: 'rolling', name: 'wide', window_ms: 9_000_000_000_000_000 },
  { kind: 'rolling', name: 'off', window_ms: 1, offset_ms: 9_000_000_000_000_000 },
])('a reference beyond every calendar is refused and harms no other: $name', async (reference) => {
  const made = await tilt.json('POST', `/api/v1/models/${MODEL}/references`, reference);
  expect(made).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  expect((await tilt.json('GET', `/api/v1/models/${MODEL}/references`)).status).toBe(200);
});

test('a reference that an older version stored beyond every calendar is listed all the same', async () => {
  const { ledger } = tilt.app.ctx;
  const options = JSON.stringify({ from: 0, to: 9_000_000_000_000_000 });
  const row = { id: 'old', model: MODEL, name: 'old', kind: 'fixed' as const, options };
  await ledger
    .insertInto('references')
    .values({ ...row, created_by: 'x', created_by_id: null, created_at: 0 })
    .execute();
  expect((await tilt.json('GET', `/api/v1/models/${MODEL}/references`)).status).toBe(200);
});
