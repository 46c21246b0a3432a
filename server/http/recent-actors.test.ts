import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { TiltmeterError } from '../../contract/errors.ts';
import { type Actor, ANONYMOUS } from '../context.ts';
import { AGAIN_MS, LONGEST_MS, recentActors } from './recent-actors.ts';

const asking = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;
const bearer = (key: string) => asking({ authorization: `Bearer ${key}` });

function world() {
  const found = { now: 0, looked: 0, revoked: new Set<string>() };
  const authenticate = recentActors(
    async ({ headers }) => {
      found.looked++;
      const name = headers.authorization ?? headers['x-api-key'];
      if (name === undefined) return ANONYMOUS;
      if (found.revoked.has(String(name))) throw new TiltmeterError('not_authenticated');
      return { ...ANONYMOUS, name: String(name) } as Actor;
    },
    () => found.now,
  );
  return { found, authenticate };
}

test('a key is looked up once a second, each by itself, in whichever header it comes', async () => {
  const { found, authenticate } = world();
  for (let i = 0; i < 3; i++) {
    expect((await authenticate(bearer('a'))).name).toBe('Bearer a');
    expect((await authenticate(asking({ 'x-api-key': 'b' }))).name).toBe('b');
    expect(found.looked).toBe(2);
  }
  found.now += AGAIN_MS;
  for (let i = 0; i < 3; i++) await authenticate(bearer('a'));
  expect(found.looked).toBe(3);
});

test('one that is revoked is refused as soon as it was looked up again, or two seconds later, and let in when it is valid again', async () => {
  const { found, authenticate } = world();
  await authenticate(bearer('a'));
  await authenticate(bearer('b'));
  for (const key of ['a', 'b']) found.revoked.add(`Bearer ${key}`);
  found.now = AGAIN_MS;
  // It is looked up beside this answer.
  expect((await authenticate(bearer('a'))).name).toBe('Bearer a');
  await expect(authenticate(bearer('a'))).rejects.toThrow();
  found.now = LONGEST_MS;
  for (let i = 0; i < 2; i++) await expect(authenticate(bearer('b'))).rejects.toThrow();
  found.revoked.clear();
  expect((await authenticate(bearer('b'))).name).toBe('Bearer b');
});

test('who comes with a cookie or nothing is looked up each time, and of very many keys the oldest are forgotten', async () => {
  const { found, authenticate } = world();
  for (let i = 0; i < 3; i++) await authenticate(asking({ cookie: 'tiltmeter_session=x' }));
  expect(found.looked).toBe(3);
  for (let i = 0; i <= 1_000; i++) await authenticate(bearer(`${i}`));
  found.looked = 0;
  await authenticate(bearer('1000'));
  expect(found.looked).toBe(0);
  await authenticate(bearer('0'));
  expect(found.looked).toBe(1);
});
