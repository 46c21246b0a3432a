import { expect, test } from 'vitest';
import { arrowBatch } from './arrow/batch.ts';
import { inBackground } from './background.ts';
import type { Lake, QueryOptions } from './lake.ts';

test('all that is asked through it is marked, unless it says otherwise; there is one view per lake', async () => {
  const seen: (QueryOptions | undefined)[] = [];
  const lake: Lake = {
    cluster: 'main',
    query: async (_sql, _params, options) => {
      seen.push(options);
      return [];
    },
    command: async (_sql, _params, options) => void seen.push(options),
    insert: async (_batch, options) => void seen.push(options),
    close: async () => {},
  };
  const view = inBackground(lake);
  await view.query('SELECT 1', {}, { maxSeconds: 5 });
  await view.command('SELECT 1');
  await view.insert(arrowBatch('t', []));
  await view.query('SELECT 1', {}, { background: false });
  expect(seen).toEqual([
    { background: true, maxSeconds: 5 },
    { background: true },
    { background: true },
    { background: false },
  ]);
  expect(view.cluster).toBe('main');
  expect(inBackground(lake)).toBe(view);
  expect(inBackground(view)).toBe(view);
});
