import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { TiltmeterError } from '../../contract/errors.ts';
import { ANONYMOUS } from '../context.ts';
import { limitGuesses } from './limit-guesses.ts';

const asking = (key: string, ip = '192.0.2.1') =>
  ({ ip, headers: { authorization: `Bearer ${key}` } }) as FastifyRequest;
const right = (request: FastifyRequest) => request.headers.authorization?.startsWith('Bearer right') === true;

/** Whether each of these keys, all sent at once, is let in, is wrong, or is not looked at. */
async function answers(
  authenticate: ReturnType<typeof limitGuesses>,
  requests: readonly FastifyRequest[],
): Promise<string[]> {
  const outcomes = await Promise.allSettled(requests.map((request) => authenticate(request)));
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? 'let in' : (outcome.reason as TiltmeterError).code,
  );
}

const create = () =>
  limitGuesses(
    async (request) => {
      // As a ledger that has other things to do.
      await new Promise((resolve) => setImmediate(resolve));
      if (!right(request)) throw new TiltmeterError('not_authenticated');
      return ANONYMOUS;
    },
    () => 0,
  );

test('of a hundred wrong keys that come at once sixty are looked at, and no more until there is time', async () => {
  const authenticate = create();
  const wrong = Array.from({ length: 100 }, (_, i) => asking(`wrong-${i}`));
  const given = await answers(authenticate, wrong);
  expect(given.filter((answer) => answer === 'not_authenticated')).toHaveLength(60);
  expect(given.filter((answer) => answer === 'too_many_requests')).toHaveLength(40);
  expect(await answers(authenticate, [asking('right-1', '192.0.2.2'), asking('right-2')])).toEqual([
    'let in',
    'too_many_requests',
  ]);
});

test('keys that are right take nothing of it, however many', async () => {
  const authenticate = create();
  for (let round = 0; round < 3; round++) {
    const good = Array.from({ length: 50 }, (_, i) => asking(`right-${round}-${i}`));
    expect(new Set(await answers(authenticate, good))).toEqual(new Set(['let in']));
  }
  expect(await answers(authenticate, [asking('wrong'), asking('wrong')])).toEqual(
    Array(2).fill('not_authenticated'),
  );
});
