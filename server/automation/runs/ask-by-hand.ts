import type { ActionRun, NewRun } from '../../../contract/action.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import type { Announced } from '../../incidents/announce.ts';
import { alertedParts, incidentGoingOn } from '../../incidents/going-on.ts';
import { modelNames } from '../../models/find-model.ts';
import { whenOf } from '../action-row.ts';
import { ask } from './ask.ts';
import { HELD, holdAction } from './hold-action.ts';
import { taskAbout } from './incident-task.ts';
import { runOf } from './list-runs.ts';

/**
 * Asks for an action for a model of an incident that goes on, whatever its conditions say; its limits and its approval hold as ever. While one
 * waits for the model, there is no second one. Errors: not_allowed, not_found (action, incident), conflict (incident over, action paused or only for
 * a recommendation, one waits already, its limits), invalid_request (which model).
 */
export async function askByHand(
  ctx: Ctx,
  id: string,
  { incident: of, model, reason }: NewRun,
): Promise<ActionRun> {
  authorise(ctx.actor, 'write');
  const incident = await incidentGoingOn(ctx.ledger, of);
  if (incident === undefined)
    throw new TiltmeterError('conflict', 'There is no such incident, or it is over');
  const about = modelOf(incident, model);
  const parts = await alertedParts(ctx, incident.id, about);
  const task = await taskAbout(ctx, incident, about, parts);
  const name = (await modelNames(ctx, [about])).get(about) ?? about;
  return ctx.ledger.transaction().execute(async (trx) => {
    const action = await holdAction(trx, id, about, name);
    if (whenOf(action).on === 'promote')
      throw new TiltmeterError(
        'conflict',
        `${action.name} is about a version that is found better, not about an incident`,
      );
    const asked = await ask(ctx, trx, {
      ...{ action, model: about, incident, task, askedBy: shownName(ctx.actor) },
      asker: ctx.actor.account,
      because: reason === '' ? incident.title : reason,
      once: `${incident.id} ${incident.episode} by hand ${ctx.clock()}`,
    });
    if (typeof asked === 'string') throw new TiltmeterError('conflict', HELD[asked](action, name));
    return runOf({ ...ctx, ledger: trx }, asked);
  });
}

/** Errors: invalid_request. */
function modelOf({ models }: Announced, given: string | undefined): string {
  const model = given ?? (models.length === 1 ? models[0] : undefined);
  if (model === undefined || !models.includes(model))
    throw new TiltmeterError('invalid_request', `model must be one of the incident: ${models.join(', ')}`);
  return model;
}
