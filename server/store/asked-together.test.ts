import { expect, test } from 'vitest';
import { askedTogether } from './asked-together.ts';

test('who asks while the same is read gets that answer, or its failure; who asks behind a failure a new one', async () => {
  const [lake, other] = [{}, {}];
  const reads: PromiseWithResolvers<number>[] = [];
  const read = () => {
    reads.push(Promise.withResolvers<number>());
    return reads.at(-1)!.promise;
  };
  const both = [askedTogether(lake, 'room', read), askedTogether(lake, 'room', read)];
  const others = [askedTogether(lake, 'sizes', read), askedTogether(other, 'room', read)];
  expect(reads).toHaveLength(3);
  reads[0]!.reject(new Error('away'));
  for (const each of both) await expect(each).rejects.toThrow('away');
  const again = askedTogether(lake, 'room', read);
  for (const [i, each] of reads.entries()) each.resolve(i);
  expect(await Promise.all([...others, again])).toEqual([1, 2, 3]);
});

/** Asks of which each is the how-manieth reading. */
function asks() {
  const store = {};
  const time = { now: 0 };
  let reads = 0;
  const ask = (ms: number) =>
    askedTogether(
      store,
      'sizes',
      async () => {
        time.now += ms;
        return ++reads;
      },
      () => time.now,
    );
  return { time, ask };
}

test('who asks now and then has the newest', async () => {
  const { time, ask } = asks();
  for (let n = 1; n <= 20; n++) {
    expect(await ask(100)).toBe(n);
    time.now += 150;
  }
});

test('what is asked often is given again for twenty times as long as it took, and never for more than two seconds', async () => {
  const { time, ask } = asks();
  for (let n = 1; n <= 5; n++) expect(await ask(10)).toBe(n);
  time.now += 199;
  expect(await ask(10)).toBe(5);
  time.now += 1;
  expect(await ask(400)).toBe(6);
  time.now += 1_999;
  expect(await ask(10)).toBe(6);
  time.now += 1;
  expect(await ask(10)).toBe(7);
});

test('of very many questions those that were read last are remembered', async () => {
  const [store, time] = [{}, { now: 0 }];
  let reads = 0;
  const ask = (what: string, ms: number) =>
    askedTogether(
      store,
      what,
      async () => {
        time.now += ms;
        return ++reads;
      },
      () => time.now,
    );
  for (let n = 0; n < 5; n++) await ask('first', 10);
  expect(await ask('first', 10)).toBe(5);
  for (let i = 0; i < 999; i++) await ask(`of ${i}`, 0);
  expect(await ask('first', 10)).toBe(5);
  await ask('one more', 0);
  expect(await ask('first', 10)).toBe(reads);
  expect(reads).toBe(1_006);
});
