import { TiltmeterError } from '../../../contract/errors.ts';
import { createAllowance } from '../../allowance.ts';
import type { Actor } from '../../context.ts';
import type { IngestLimits } from '../limits.ts';

const HOUR_MS = 3_600_000;
/** Models of a key that are made at once; after that four a second. */
const AT_ONCE = 10;
const AT_ONCE_MS = 2_500;

/** What senders may make by what they send. Errors: too_many_requests. */
export interface Growth {
  /** Resolves when a model may be made: each is a table of its own with files of its own, and others store meanwhile. */
  model(actor: Actor): Promise<void>;
  columns(actor: Actor, columns: number): void;
}

/**
 * So many models and columns an hour for each key: a sender that makes up names uses up what is for all, and only people
 * remove it again. Who may change models may make any number. `await createGrowth(limits, monotonic, pause).model(ctx.actor)`
 */
export function createGrowth(
  { newModelsPerHour, newColumnsPerHour }: Pick<IngestLimits, 'newModelsPerHour' | 'newColumnsPerHour'>,
  monotonic: () => number,
  pause: (ms: number) => Promise<unknown>,
): Growth {
  const tables = createAllowance({ amount: AT_ONCE, perMs: AT_ONCE_MS, monotonic });
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
  return {
    async model(actor) {
      models(actor, 1);
      if (actor.scopes.has('write')) return;
      for (let wait = tables.take(actor.id); wait > 0; wait = tables.take(actor.id)) await pause(wait * 1000);
    },
    columns,
  };
}
