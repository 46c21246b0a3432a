import { setTimeout as sleep } from 'node:timers/promises';
import { createAllowance } from '../allowance.ts';
import { network } from './rate-limit.ts';

/** Refusals of an address within ten seconds that are answered at once. */
const AT_ONCE = 600;
const WITHIN_MS = 10_000;
/** How long each further one takes. */
const LATER_MS = 2_000;

/** Resolves when a refusal of an address may be sent. */
export type Patience = (address: string) => Promise<void>;

/**
 * Whoever goes on after being refused, as fast as answers come, is answered later: a refusal costs little, thousands a second do not. Others of
 * the address who are not refused notice nothing.
 */
export function createPatience(
  monotonic: () => number,
  wait: (ms: number) => Promise<unknown> = (ms) => sleep(ms, undefined, { ref: false }),
): Patience {
  const atOnce = createAllowance({ amount: AT_ONCE, perMs: WITHIN_MS, monotonic });
  return async (address) => {
    if (atOnce.take(network(address)) > 0) await wait(LATER_MS);
  };
}
