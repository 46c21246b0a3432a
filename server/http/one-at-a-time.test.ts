import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createOneAtATime } from './one-at-a-time.ts';

class Answer extends EventEmitter {
  destroyed = false;
  close(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

test('one of an asker after the other, in their order; others do not wait for them', async () => {
  const oneAtATime = createOneAtATime();
  const begun: string[] = [];
  const ask = (asker: string, name: string) => {
    const answer = new Answer();
    void oneAtATime(asker, answer).then(
      () => begun.push(name),
      ({ code }) => begun.push(`${name}: ${code}`),
    );
    return answer;
  };
  const [first, second] = [ask('a', 'a1'), ask('a', 'a2')];
  ask('a', 'a3');
  ask('b', 'b1');
  await turn();
  expect(begun).toEqual(['a1', 'b1']);
  // Whoever has gone away meanwhile holds up nobody.
  second.close();
  await turn();
  expect(begun).toEqual(['a1', 'b1']);
  first.emit('finish');
  await turn();
  expect(begun).toEqual(['a1', 'b1', 'a2: sender_gone', 'a3']);
  ask('a', 'a4').close();
  const left = new Answer();
  left.close();
  await expect(oneAtATime('a', left)).rejects.toMatchObject({ code: 'sender_gone' });
});

test('so many wait, and no more', async () => {
  const oneAtATime = createOneAtATime();
  const asked = Array.from({ length: 40 }, () => oneAtATime('a', new Answer()));
  const refused = await Promise.all(
    asked.map((each) => Promise.race([each.catch(({ code }) => code as string), turn('waits')])),
  );
  expect(refused.filter((answer) => answer === 'too_many_requests')).toHaveLength(7);
  expect(refused[0]).toBeUndefined();
});
