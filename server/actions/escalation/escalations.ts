import { TiltmeterError } from '../../../contract/errors.ts';
import type { Escalation, NewEscalation } from '../../../contract/escalation.ts';
import { requireAtMost } from '../../audit/at-most.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { ownersOf } from '../../models/find-model.ts';
import { readDirectory } from './directory.ts';
import { loopFrom } from './loops.ts';
import { type Directory, resolveTargets } from './resolve-targets.ts';

/** Escalations that there may be; fewer than are read. */
const MOST = 500;

/** All escalations by name, each with what is wrong with it as things are. */
export async function listEscalations(ctx: Ctx): Promise<{ items: Escalation[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const directory = await readDirectory(ctx.ledger);
  const items: Escalation[] = [];
  for (const [id, each] of directory.escalations) items.push(await shown(ctx, id, each, directory));
  return { items, next_cursor: null };
}

/**
 * Makes an escalation, or with `id` changes it as a whole. Errors: not_allowed, not_found, conflict (name taken), invalid_request (it names
 * what does not exist, there are too many, or leads back to itself: the way is told).
 */
export async function saveEscalation(ctx: Ctx, body: NewEscalation, id?: string): Promise<Escalation> {
  authorise(ctx.actor, 'write');
  const own = id ?? ctx.ids.id();
  return ctx.ledger.transaction().execute(async (trx) => {
    const directory = await readDirectory(trx);
    if (id !== undefined && !directory.escalations.has(id))
      throw new TiltmeterError('not_found', 'There is no such escalation');
    const escalations = new Map([...directory.escalations, [own, body]]);
    refuse(own, body, { ...directory, escalations });
    const row = {
      name: body.name,
      definition: JSON.stringify(body),
      updated_at: ctx.clock(),
    };
    if (id === undefined)
      await trx
        .insertInto('escalations')
        .values({ id: own, ...row })
        .execute();
    else await trx.updateTable('escalations').set(row).where('id', '=', id).execute();
    await audit(ctx, trx, id === undefined ? 'escalation.create' : 'escalation.change', own, { ...body });
    const why = `There are at most ${MOST} escalations: remove some first`;
    if (id === undefined) await requireAtMost(trx, MOST, trx.selectFrom('escalations'), why);
    return shown({ ...ctx, ledger: trx }, own, body, { ...directory, escalations });
  });
}

/** Errors: not_allowed, not_found, conflict (another hands over to it). */
export async function deleteEscalation(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const { escalations } = await readDirectory(trx);
    const known = escalations.get(id);
    if (known === undefined) throw new TiltmeterError('not_found', 'There is no such escalation');
    const user = [...escalations.values()].find(({ steps }) =>
      steps.some(({ to }) => to.some((target) => 'escalation' in target && target.escalation === id)),
    );
    if (user) throw new TiltmeterError('conflict', `${user.name} hands over to it: change that one first`);
    await trx.deleteFrom('escalations').where('id', '=', id).execute();
    await audit(ctx, trx, 'escalation.delete', id, { name: known.name });
  });
}

function refuse(id: string, body: NewEscalation, directory: Directory): void {
  const { channels, rotas, escalations } = directory;
  for (const [other, { name }] of escalations)
    if (other !== id && name === body.name)
      throw new TiltmeterError('conflict', `There is an escalation called ${name} already`);
  body.steps.forEach(({ to }, i) => {
    for (const target of to) {
      const missing =
        ('channel' in target && !channels.has(target.channel) && 'channel') ||
        ('rota' in target && !rotas.has(target.rota) && 'rota') ||
        ('escalation' in target && !escalations.has(target.escalation) && 'escalation');
      if (missing)
        throw new TiltmeterError(
          'invalid_request',
          `steps: step ${i + 1} names a ${missing} that does not exist`,
        );
    }
  });
  const loop = loopFrom(id, escalations);
  if (loop !== null)
    throw new TiltmeterError(
      'invalid_request',
      `steps: it leads back to itself: ${loop.map((each) => escalations.get(each)?.name ?? each).join(' → ')}`,
    );
}

async function shown(ctx: Ctx, id: string, body: NewEscalation, directory: Directory): Promise<Escalation> {
  const owners = await ownersOf(ctx, body.only.models);
  const named = [...new Set([...body.only.owners, ...owners])];
  const troubles = body.steps.flatMap(({ to }) => {
    const asked = named.length > 0 ? to : to.filter((target) => !('owners' in target));
    return resolveTargets(asked, directory, named, ctx.clock()).troubles;
  });
  return { ...body, id, troubles: [...new Set(troubles)] };
}
