import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { LABELS_BESIDE } from '../../profiles/labels/labelled-ids.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { searchPredictions } from './search-predictions.ts';

const ROWS = 80;
const BASE = Date.UTC(2026, 0, 5);
const MB = 1024 * 1024;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
  // All different: a text that is repeated is stored once.
  const features = (row: number) =>
    Object.fromEntries(Array.from({ length: 124 }, (_, i) => [`f${i}`, `${row} ${i} `.repeat(1000)]));
  for (let i = 0; i < ROWS; i += 10) {
    const events = Array.from({ length: 10 }, (_, n) => ({
      model: 'wide',
      id: `row-${i + n}`,
      time: BASE + (i + n) * 1000,
      features: { ...features(i + n), n: (7 * (i + n)) % ROWS },
    }));
    expect((await tilt.json('POST', '/api/v1/predictions', events)).body.stored).toBe(10);
  }
});
afterAll(() => tilt.stop());

test('rows of a megabyte each are listed page by page on a machine that cannot hold them all, in every order', async () => {
  const { ctx } = tilt.app;
  let tooLarge = 0;
  const small: Lake = {
    ...ctx.lake,
    query: (sql, params, options) =>
      ctx.lake.query<never>(sql, params, { ...options, maxMemoryBytes: 60 * MB }).catch((error) => {
        tooLarge++;
        throw error;
      }),
  };
  for (const [sort, expected] of [
    [undefined, (i: number) => `row-${ROWS - 1 - i}`],
    ['n:asc', (i: number) => `row-${(23 * i) % ROWS}`],
  ] as const) {
    const ids: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await searchPredictions(
        { ...ctx, lake: small },
        'wide',
        { limit: 100, where: [], sort, cursor },
        LABELS_BESIDE,
      );
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
      pages++;
    } while (cursor !== undefined && pages < 20);
    expect(ids).toEqual(Array.from({ length: ROWS }, (_, i) => expected(i)));
    expect(pages).toBeGreaterThan(1);
  }
  expect(tooLarge).toBeGreaterThan(0);
});
