import { setImmediate as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createOneAtATime } from './one-at-a-time.ts';

function world() {
  const oneAtATime = createOneAtATime();
  const begun: string[] = [];
  const ask = (asker: string, name: string, gone = false) => {
    const work = Promise.withResolvers<string>();
    const answer = oneAtATime(
      asker,
      () => {
        begun.push(name);
        return work.promise;
      },
      () => gone,
    );
    answer.catch(() => {});
    return { answer, end: () => work.resolve(name), fail: () => work.reject(new Error(name)) };
  };
  return { begun, ask };
}

test('one of an asker after the other, in their order; others do not wait for them', async () => {
  const { begun, ask } = world();
  const [first, second, gone, last] = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3', true), ask('a', 'a4')];
  ask('b', 'b1');
  await later();
  expect(begun).toEqual(['a1', 'b1']);
  first.end();
  expect(await first.answer).toBe('a1');
  await later();
  expect(begun).toEqual(['a1', 'b1', 'a2']);
  second.fail();
  await expect(second.answer).rejects.toThrow('a2');
  await expect(gone.answer).rejects.toMatchObject({ code: 'sender_gone' });
  last.end();
  expect(await last.answer).toBe('a4');
  expect(begun).toEqual(['a1', 'b1', 'a2', 'a4']);
});

test('so many wait, and no more', async () => {
  const { begun, ask } = world();
  const answers = Array.from({ length: 40 }, (_, i) => ask('a', `a${i}`).answer.catch(({ code }) => code));
  const told = await Promise.all(answers.map((answer) => Promise.race([answer, later('waits')])));
  expect(told.filter((answer) => answer === 'too_many_requests')).toHaveLength(7);
  expect(begun).toEqual(['a0']);
});
