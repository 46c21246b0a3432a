import type { ActionRun, NewRelease } from '../../../contract/action.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import { findModel, modelNames } from '../../models/find-model.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { ask } from './ask.ts';
import { HELD, holdAction } from './hold-action.ts';
import { runOf } from './list-runs.ts';

/** The kind whose other side is told which version is to answer. */
const RELEASE = 'release';
/** Versions that a refusal names. */
const NAMED = 10;

/**
 * Asks for a version of a model to be the one that answers, whatever is recommended: its release webhook is told `promote`, to the version and from the
 * one that answered last beside it. Its limits and its approval hold as ever; while one waits for the model, there is no second one.
 * Errors: not_allowed, not_found (model, action), invalid_request (a version that never answered), conflict (no release, paused, one waits, its limits).
 */
export async function promoteByHand(
  ctx: Ctx,
  model: string,
  { action: id, version, reason }: NewRelease,
): Promise<ActionRun> {
  authorise(ctx.actor, 'write');
  await findModel(ctx, model);
  const versions = ((await profileHead(ctx, model))?.versions ?? []).map((seen) => seen.version);
  if (!versions.includes(version))
    throw new TiltmeterError(
      'invalid_request',
      `version must be one that has answered: ${versions.filter(Boolean).slice(0, NAMED).join(', ') || 'none is known yet'}`,
    );
  const baseline = versions.find((each) => each !== version && each !== '') ?? null;
  const name = (await modelNames(ctx, [model])).get(model) ?? model;
  return ctx.ledger.transaction().execute(async (trx) => {
    const action = await holdAction(trx, id, model, name);
    if (action.kind !== RELEASE)
      throw new TiltmeterError(
        'conflict',
        `${action.name} promotes nothing: an action of the kind ${RELEASE} does`,
      );
    const versionsTold = { versions: { version, baseline }, recommendation: 'promote' as const };
    const asked = await ask(ctx, trx, {
      ...{ action, model, incident: null, askedBy: shownName(ctx.actor), asker: ctx.actor.account },
      task: { cause: null, columns: [], segments: [], ...versionsTold },
      because: reason === '' ? `version ${version} is to answer, as ${shownName(ctx.actor)} said` : reason,
      once: `promote ${JSON.stringify(version)} by hand ${ctx.clock()}`,
    });
    if (typeof asked === 'string') throw new TiltmeterError('conflict', HELD[asked](action, name));
    return runOf({ ...ctx, ledger: trx }, asked);
  });
}
