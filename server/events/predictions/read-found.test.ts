import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import type { QueryOptions } from '../../store/lake/lake.ts';
import { orderOf } from './order.ts';
import { readFound } from './read-found.ts';

test('the newest rows are read whole within a bound; beyond it their places come first, then they by themselves', async () => {
  const asked: { readonly sql: string; readonly bytes: number | undefined }[] = [];
  const row = { _id: 'a', _time_ms: '5', number_1: 1 };
  const query = async (sql: string, _params: unknown, options?: QueryOptions) => {
    asked.push({ sql, bytes: options?.maxMemoryBytes });
    if (asked.length === 1) throw new TiltmeterError('query_too_large');
    return [row];
  };
  const order = orderOf(undefined, () => 'numeric');
  const found = await readFound(
    { lake: { query } } as unknown as Pick<Ctx, 'lake'>,
    { table: 't', range: null, filter: () => [] },
    { columns: '_id, _time_ms, number_1', order, after: undefined, limit: 10 },
  );
  expect(found).toEqual({ rows: [row], more: false });
  expect(asked[0]!.bytes).toBe(48 * 1024 * 1024);
  expect(asked.map(({ sql }) => sql.includes('number_1'))).toEqual([true, false, true]);
});
