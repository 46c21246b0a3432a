import { TiltmeterError } from '../contract/errors.ts';
import type { Actor, Scope } from './context.ts';

/** Returns when the actor has the scope. Errors: not_authenticated (nobody), not_allowed (somebody without it). */
export function authorise(actor: Actor, scope: Scope): void {
  if (actor.scopes.has(scope)) return;
  if (actor.kind === 'anonymous') throw new TiltmeterError('not_authenticated');
  throw new TiltmeterError('not_allowed', `${actor.name} has no ${scope} access`);
}
