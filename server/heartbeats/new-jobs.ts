import { TiltmeterError } from '../../contract/errors.ts';
import { type Allowance, createAllowance } from '../allowance.ts';
import type { Ctx } from '../context.ts';

const MOST = 100;
const HOUR_MS = 3_600_000;

/** Asked before a job is watched that was not. Errors: too_many_requests. */
export type NewJobs = (ctx: Pick<Ctx, 'actor' | 'monotonic'>) => void;

/**
 * So many new jobs an hour for each key: all share what may be watched, and a sender that makes up names would use it up. Who may change things
 * may name any number.
 */
export function createNewJobs(): NewJobs {
  let allowance: Allowance | undefined;
  return ({ actor, monotonic }) => {
    if (actor.scopes.has('write')) return;
    allowance ??= createAllowance({ amount: MOST, perMs: HOUR_MS, monotonic });
    const wait = allowance.take(actor.id);
    if (wait === 0) return;
    const message = `${actor.name} has named ${MOST} new jobs within an hour, as many as a key may; somebody with a key that may write can name them now`;
    throw new TiltmeterError('too_many_requests', message, { retryAfter: wait });
  };
}
