import type { Transaction } from 'kysely';
import type { ActionRun } from '../../../contract/action.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import { addEvents } from '../../incidents/life/events.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { accountsOf, othersMayWrite } from '../../users/accounts.ts';
import { runOf } from './list-runs.ts';

/**
 * Says yes or no to an action that waits for it; said twice, the first counts. Where people are named, one of them says it, or a key of theirs; where nobody
 * is, anybody who may change things, but who asked for it by hand only when there is nobody else.
 * Errors: not_allowed, not_found, conflict (decided, nobody is asked any more, or a yes to an action that is paused).
 */
export async function decideRun(ctx: Ctx, id: string, yes: boolean, comment: string): Promise<ActionRun> {
  authorise(ctx.actor, 'write');
  const who = shownName(ctx.actor);
  const email = await emailOf(ctx);
  return ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('action_runs')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (known === undefined) throw new TiltmeterError('not_found', 'There is no such run of an action');
    const people = JSON.parse(known.people) as string[];
    if (people.length > 0 && (email === null || !people.includes(email)))
      throw new TiltmeterError('not_allowed', `${people.join(', ')} may say yes or no to ${known.name}`);
    const own = known.asker !== null && known.asker === ctx.actor.account;
    if (yes && own && people.length === 0 && (await othersMayWrite({ ledger: trx }, known.asker!)))
      throw new TiltmeterError(
        'not_allowed',
        `You asked for ${known.name}: somebody else says yes to it, or an admin names who may`,
      );
    const now = ctx.clock();
    if (known.state !== 'asked' || (known.expires_at !== null && known.expires_at <= now))
      throw new TiltmeterError(
        'conflict',
        known.decided_by === null
          ? 'Nobody is asked any more'
          : `${known.decided_by} has decided it: ${known.state === 'refused' ? 'no' : 'yes'}`,
      );
    if (yes && (await isPaused(trx, known.action)))
      throw new TiltmeterError('conflict', `${known.name} is paused: an admin resumes it first`);
    const row = await trx
      .updateTable('action_runs')
      .set({
        state: yes ? 'waiting' : 'refused',
        ...{ decided_at: now, decided_by: who, next_at: now },
        comment: comment === '' ? null : comment,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const said = `${yes ? 'approved' : 'refused'} ${known.name}${comment === '' ? '' : `: ${comment}`}`;
    if (known.incident !== null) await addEvents(ctx, trx, known.incident, [{ kind: 'action', text: said }]);
    await audit(ctx, trx, yes ? 'action.approve' : 'action.refuse', id, { action: known.name, comment });
    return runOf({ ...ctx, ledger: trx }, row);
  });
}

async function isPaused(trx: Transaction<Ledger>, action: string): Promise<boolean> {
  const row = await trx.selectFrom('actions').select('enabled').where('id', '=', action).executeTakeFirst();
  return row?.enabled === 0;
}

/** The email of who acts, or of whose key it is; null of nobody in particular. */
async function emailOf(ctx: Ctx): Promise<string | null> {
  const { kind, name, account } = ctx.actor;
  if (kind === 'user') return name;
  return account === undefined ? null : ((await accountsOf(ctx, [account])).get(account)?.name ?? null);
}
