import { TiltmeterError } from '../../../contract/errors.ts';
import type { NewSilence, Silence } from '../../../contract/silence.ts';
import { epochMs } from '../../../contract/time.ts';
import { requireAtMost } from '../../audit/at-most.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import type { SilenceRow } from '../../store/ledger/schema.ts';
import { previewSilence } from './preview-silence.ts';
import { silenceOf } from './silence-row.ts';

const YEAR = 366 * 86_400_000;
/** Silences that are not over: each message is held against all of them. */
const MOST = 500;

/**
 * Silences what its matchers hold for, from now or a later moment on. Errors: not_allowed, invalid_request (times, too many), matches_everything, until
 * it is said a second time that all is meant.
 */
export async function createSilence(ctx: Ctx, body: NewSilence): Promise<Silence> {
  authorise(ctx.actor, 'write');
  const { kind, matchers, hours, comment } = body;
  const now = ctx.clock();
  const starts = body.starts_at === undefined ? now : epochMs(body.starts_at);
  const ends = epochMs(body.ends_at);
  if (ends <= now || ends <= starts)
    throw new TiltmeterError('invalid_request', 'ends_at must lie ahead, and after starts_at');
  if (ends > now + YEAR) throw new TiltmeterError('invalid_request', 'ends_at must lie within a year');
  if (!body.everything) {
    const { everything, silenced, incidents, days } = await previewSilence(ctx, { matchers, days: 30 });
    if (everything)
      throw new TiltmeterError(
        'matches_everything',
        `It would hold for every incident: ${silenced} of the ${incidents} of the past ${days} days`,
      );
  }
  const row: SilenceRow = {
    id: ctx.ids.id(),
    ...{ kind, comment, matchers: JSON.stringify(matchers), starts_at: starts, ends_at: ends },
    hours: hours === null ? null : JSON.stringify(hours),
    created_by: shownName(ctx.actor),
    created_at: now,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('silences').values(row).execute();
    await audit(ctx, trx, 'silence.create', row.id, { ...body });
    const why = `There are at most ${MOST} silences that are not over: end some first`;
    await requireAtMost(trx, MOST, trx.selectFrom('silences').where('ends_at', '>', now), why);
  });
  return silenceOf(row, now);
}
