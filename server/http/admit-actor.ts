import { TiltmeterError } from '../../contract/errors.ts';
import { authorise } from '../authorise.ts';
import type { Actor } from '../context.ts';
import type { Route } from './route.ts';

/**
 * Returns when the actor may call a route with these parameters. A key of some models is let to what names one of them in its address, and
 * to the doors for events, which name none there and look at each event. Errors: not_authenticated, not_allowed.
 */
export function admitActor(
  actor: Actor,
  route: Pick<Route, 'access' | 'byPeople' | 'path'>,
  params: Readonly<Record<string, string>>,
): void {
  if (route.access === 'public') return;
  authorise(actor, route.access);
  if (route.byPeople && actor.kind === 'key')
    throw new TiltmeterError('not_allowed', 'no key may do this: a person does');
  if (actor.models === undefined) return;
  const { model } = params;
  if (model === undefined ? route.access === 'ingest' : actor.models.has(model)) return;
  const models = [...actor.models].join(', ');
  throw new TiltmeterError('not_allowed', `${actor.name} is a key of ${models} alone`);
}
