import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { InsertBatch, LakeParam } from '../../store/lake/lake.ts';
import { Batch } from '../columns/batch.ts';
import { TextColumn } from '../columns/text-column.ts';
import { insertExactlyOnce } from './exactly-once.ts';

const away = new TiltmeterError('store_unavailable');

function batchOf(ids: string[]): Batch {
  const batch = new Batch('t', { idColumn: 'id', stampColumn: 'at' });
  for (const id of ids) {
    batch.column('id', () => new TextColumn()).set(batch.rows, id);
    batch.addId(id);
  }
  return batch;
}

/** A lake whose inserts follow a script: what arrives of each, and whether the answer gets through. */
function lakeOf(script: { arrives: number; fails?: unknown }[]) {
  const stored: string[] = [];
  let batch: Batch;
  const options = {
    lake: {
      insert: async ({ rows }: InsertBatch) => {
        const step = script.shift()!;
        stored.push(...batch.ids.slice(0, Math.min(rows, step.arrives)));
        if (step.fails !== undefined) throw step.fails;
      },
      query: async <Row>(_sql: string, params?: Record<string, LakeParam>) =>
        (params!.ids as string[]).filter((id) => stored.includes(id)).map((id) => ({ id })) as Row[],
    },
    stamp: 1,
    attempts: 3,
    retryMs: 1,
    wait: async () => {},
  };
  function insert(ids: string[]): Promise<void> {
    batch = batchOf(ids);
    return insertExactlyOnce(batch, options);
  }
  return { stored, insert };
}

test('nothing arrived: written again', async () => {
  const { stored, insert } = lakeOf([{ arrives: 0, fails: away }, { arrives: 9 }]);
  await insert(['a', 'b', 'c']);
  expect(stored).toEqual(['a', 'b', 'c']);
});

test('everything arrived but the answer: not written again', async () => {
  const { stored, insert } = lakeOf([{ arrives: 9, fails: away }]);
  await insert(['a', 'b', 'c']);
  expect(stored).toEqual(['a', 'b', 'c']);
});

test('some arrived: only the others are written again', async () => {
  const { stored, insert } = lakeOf([
    { arrives: 1, fails: away },
    { arrives: 1, fails: away },
    { arrives: 9 },
  ]);
  await insert(['a', 'b', 'c']);
  expect(stored).toEqual(['a', 'b', 'c']);
});

test('the last failure is thrown, and a full disk at once', async () => {
  const script = [
    { arrives: 0, fails: away },
    { arrives: 0, fails: away },
    { arrives: 0, fails: away },
  ];
  await expect(lakeOf(script).insert(['a'])).rejects.toBe(away);
  const full = new TiltmeterError('disk_full');
  await expect(lakeOf([{ arrives: 0, fails: full }]).insert(['a'])).rejects.toBe(full);
});
