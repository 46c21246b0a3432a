import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import { readDecisions } from '../alerts/decision-log.ts';
import type { Ctx } from '../context.ts';
import { type Fence, requireFence } from '../jobs/fence.ts';
import { readNamed } from '../models/lineage.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { type AlertChange, changeOf } from './alert-change.ts';
import type { Announce } from './announce.ts';
import { folded, holdChanged } from './fold.ts';
import { type Gathered, gatherEvidence } from './gather-evidence.ts';
import { readModels } from './models.ts';
import { saveIncidents } from './save-incidents.ts';
import { modelsOf } from './thread.ts';
import { type TiesOf, tiesBy } from './ties.ts';

const NOTHING_ASKED: Gathered = new Map();
/** Lines of the log that are folded in one transaction. */
const LINES = 500;

export interface FollowOptions {
  readonly lines?: number;
  /** What alerts may share; by what models say that they depend on when absent. */
  readonly ties?: TiesOf;
}

/**
 * Folds the next lines of the decision log into incidents and has them announced, in one transaction with the cursor:
 * whatever dies in between, each line is folded once. True when there may be more lines now. Errors: lease_lost,
 * conflict (another moved the cursor), those of the ledger.
 */
export async function followDecisions(
  ctx: Ctx,
  fence: Fence,
  announce: Announce,
  { lines = LINES, ties }: FollowOptions = {},
): Promise<boolean> {
  const after = await cursorOf(ctx);
  const decisions = await readDecisions(ctx, after, lines);
  const last = decisions.at(-1);
  if (last === undefined) return false;
  const tiesOf = ties ?? tiesBy(await readNamed(ctx));
  const changes = decisions.flatMap((decision) => changeOf(decision, tiesOf(decision)) ?? []);
  const more = decisions.length === lines;
  // Before the transaction: nothing waits for the lake. In a storm alerts come first; what waits is asked about afterwards.
  const evidence = more ? NOTHING_ASKED : await gatherEvidence(ctx, changes);
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await moveCursor(trx, after, last.seq);
    if (changes.length > 0) await fold(ctx, trx, changes, announce, evidence);
  });
  return more;
}

async function cursorOf({ ledger }: Pick<Ctx, 'ledger'>): Promise<number> {
  const { seq } = await ledger
    .selectFrom('incident_cursor')
    .select('seq')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return seq;
}

async function moveCursor(trx: Transaction<Ledger>, from: number, to: number): Promise<void> {
  const moved = await trx
    .updateTable('incident_cursor')
    .set({ seq: to })
    .where('id', '=', 1)
    .where('seq', '=', from)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n)
    throw new TiltmeterError('conflict', 'the decisions were followed by another meanwhile');
}

async function fold(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  changes: readonly AlertChange[],
  announce: Announce,
  evidence: Gathered,
): Promise<void> {
  const concerned = changes.map(({ model }) => model);
  const { rules } = await readModels({ ledger: trx }, concerned);
  const held = await holdChanged({ ledger: trx }, changes, rules);
  const models = await readModels({ ledger: trx }, [
    ...concerned,
    ...held.flatMap(({ thread }) => modelsOf(thread)),
  ]);
  const before = held.map(({ thread }) => thread);
  const after = folded(before, changes, models.rules, ctx.ids.id);
  await saveIncidents(ctx, trx, held, after, models.rows, announce, evidence);
}
