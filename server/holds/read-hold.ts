import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { HoldRow, HoldRunRow } from '../store/ledger/schema.ts';

type Stores = Pick<Ctx, 'ledger'>;

/** Runs that a page shows. */
const SHOWN = 100;
/** Runs that are judged at once, at most: an hour apart, a year holds fewer. */
const JUDGED = 10_000;
/** The longest time from one run to the next, twice. */
const BACK_MS = 15 * 86_400_000;

/** The hold of a model; undefined when it has none. */
export function holdRow({ ledger }: Stores, model: string): Promise<HoldRow | undefined> {
  return ledger.selectFrom('holds').selectAll().where('model', '=', model).executeTakeFirst();
}

/** Errors: not_found. */
export async function findHold(ctx: Stores, model: string): Promise<HoldRow> {
  const row = await holdRow(ctx, model);
  if (row === undefined) throw new TiltmeterError('not_found', `${model} has no labelled set`);
  return row;
}

/** The newest runs, the newest first. */
export function newestRuns({ ledger }: Stores, model: string): Promise<HoldRunRow[]> {
  return ledger
    .selectFrom('hold_runs')
    .selectAll()
    .where('model', '=', model)
    .orderBy('at', 'desc')
    .limit(SHOWN)
    .execute();
}

/** What is judged of a hold: how often it is run, and its runs in their order. */
export interface HoldHistory {
  readonly task: HoldRow['task'];
  readonly everyMs: number;
  readonly runs: readonly HoldRunRow[];
}

/** The runs that tell of a stretch of time, those shortly before it included; null where the model has no hold. */
export async function readHistory(
  ctx: Stores,
  model: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<HoldHistory | null> {
  const hold = await ctx.ledger
    .selectFrom('holds')
    .select(['task', 'every_ms'])
    .where('model', '=', model)
    .executeTakeFirst();
  if (hold === undefined) return null;
  const runs = await ctx.ledger
    .selectFrom('hold_runs')
    .selectAll()
    .where('model', '=', model)
    .where('at', '>', from - BACK_MS)
    .where('at', '<=', to)
    .orderBy('at', 'desc')
    .limit(JUDGED)
    .execute();
  return { task: hold.task, everyMs: hold.every_ms, runs: runs.reverse() };
}
