import { expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { Turns } from '../turns.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Rows, type RowsOptions } from './rows.ts';
import { Tally } from './write/tally.ts';

test('what refused events cost is paid off between the pieces of a request, before more of it is looked at', async () => {
  let now = 0;
  // Each look at the clock is a millisecond later.
  const monotonic = () => now++;
  const schemas = { protections: { refresh: async () => {}, any: false }, get: () => undefined };
  const rows = new Rows({
    ...{ schemas, monotonic, turns: new Turns(monotonic), clock: () => 0, limits: DEFAULT_LIMITS },
  } as unknown as RowsOptions);
  const tally = new Tally();
  let [looked, most] = [0, 0];
  function* refused() {
    for (; looked < 20_000; looked++) yield { value: {}, raw: '{}' };
  }
  const paid: number[] = [];
  const settled = async () => void paid.push(tally.rejectedTotal);
  await rows.add({ actor: { id: 'a' } } as Ctx, 'predictions', refused(), tally, {
    ...{ escapes: false, reject: () => {}, settled },
  });
  for (const [i, at] of paid.entries()) most = Math.max(most, at - (paid[i - 1] ?? 0));
  expect(tally.rejectedTotal).toBe(20_000);
  expect(paid.length).toBeGreaterThan(10);
  expect(most).toBeLessThan(2_000);
});
