import { TiltmeterError } from '../../../contract/errors.ts';
import { createAllowance } from '../../allowance.ts';
import type { Actor } from '../../context.ts';
import type { IngestLimits } from '../limits.ts';

const HOUR_MS = 3_600_000;

/** What senders may make by what they send. Errors: too_many_requests. */
export interface Growth {
  model(actor: Actor): void;
  columns(actor: Actor, columns: number): void;
}

/**
 * So many models and columns an hour for each key: a sender that makes up names uses up what is for all, and only people
 * remove it again. Who may change models may make any number. `createGrowth(limits, monotonic).model(ctx.actor)`
 */
export function createGrowth(
  { newModelsPerHour, newColumnsPerHour }: Pick<IngestLimits, 'newModelsPerHour' | 'newColumnsPerHour'>,
  monotonic: () => number,
): Growth {
  const bound = (most: number, what: string, setting: string) => {
    const allowance = createAllowance({ amount: most, perMs: HOUR_MS, monotonic });
    return (actor: Actor, amount: number) => {
      const wait = actor.scopes.has('write') ? 0 : allowance.take(actor.id, amount);
      if (wait === 0) return;
      const message = `${actor.name} has made ${most} new ${what} within an hour by what it sent, as many as a key may (${setting}); somebody who may change models can make them now`;
      throw new TiltmeterError('too_many_requests', message, { retryAfter: wait });
    };
  };
  const models = bound(newModelsPerHour, 'models', 'TILTMETER_NEW_MODELS_PER_HOUR');
  const columns = bound(newColumnsPerHour, 'columns', 'TILTMETER_NEW_COLUMNS_PER_HOUR');
  return { model: (actor) => models(actor, 1), columns };
}
