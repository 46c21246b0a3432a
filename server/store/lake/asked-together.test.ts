import { expect, test } from 'vitest';
import { askedTogether } from './asked-together.ts';
import type { Lake } from './lake.ts';

test('who asks while the same is read gets that answer, or its failure; who asks afterwards a new one', async () => {
  const [lake, other] = [{}, {}] as Lake[];
  const reads: PromiseWithResolvers<number>[] = [];
  const read = () => {
    reads.push(Promise.withResolvers<number>());
    return reads.at(-1)!.promise;
  };
  const both = [askedTogether(lake!, 'room', read), askedTogether(lake!, 'room', read)];
  const others = [askedTogether(lake!, 'sizes', read), askedTogether(other!, 'room', read)];
  expect(reads).toHaveLength(3);
  reads[0]!.reject(new Error('away'));
  for (const each of both) await expect(each).rejects.toThrow('away');
  const again = askedTogether(lake!, 'room', read);
  for (const [i, each] of reads.entries()) each.resolve(i);
  expect(await Promise.all([...others, again])).toEqual([1, 2, 3]);
});
