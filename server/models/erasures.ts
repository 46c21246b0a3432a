import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { SubjectCount } from '../../contract/subject-counts.ts';
import type { Ctx } from '../context.ts';
import { shownName } from '../context.ts';
import type { ErasureRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import { refuseWhileFilled } from './removals.ts';

/** How many rows of each kind went, and how many values were taken out of profiles. */
export type Erased = Readonly<Record<'predictions' | 'values' | SubjectCount, number>>;

const NONE: Erased = {
  ...{ predictions: 0, labels: 0, outcomes: 0, rejects: 0, stages: 0, review_items: 0 },
  ...{ values: 0, hold_rows: 0, telemetry: 0 },
};

/** How much of it is gone. */
export const erasedOf = ({ erased }: Pick<ErasureRow, 'erased'>): Erased => ({
  ...NONE,
  ...(JSON.parse(erased) as Partial<Erased>),
});

const placeOf = (id: string) => `erasure ${id}`;

/**
 * Notes that what is stored of a subject is to go. What was asked is a person's own data: it lies sealed, and is forgotten
 * when everything is gone. In the transaction of who asked for it. Errors: not_found (the model was removed meanwhile), conflict (another is
 * just being merged into it).
 */
export async function beginErasure(
  ctx: Pick<Ctx, 'ids' | 'clock' | 'actor' | 'vault'>,
  trx: Transaction<Ledger>,
  { id: model, table_name }: Pick<ModelRow, 'id' | 'table_name'>,
  { asked, columns, predictions }: { asked: unknown; columns: readonly string[]; predictions: number },
): Promise<ErasureRow> {
  const id = ctx.ids.id();
  const erased: Erased = { ...NONE, predictions };
  const row: ErasureRow = {
    id,
    model,
    table_name,
    asked: ctx.vault.seal(JSON.stringify(asked), placeOf(id)),
    columns: JSON.stringify(columns),
    requested_by: shownName(ctx.actor),
    requested_by_id: ctx.actor.id,
    requested_at: ctx.clock(),
    finished_at: null,
    erased: JSON.stringify(erased),
  };
  // What is on its way here would be taken for what came later.
  await refuseWhileFilled(trx, model);
  // Its row is held, so that whoever takes the model away meanwhile sees the erasure, or is seen here.
  const held = await trx.updateTable('models').set({ id: model }).where('id', '=', model).executeTakeFirst();
  if (held.numUpdatedRows === 0n) throw new TiltmeterError('not_found', `there is no model ${model}`);
  await trx.insertInto('erasures').values(row).execute();
  return row;
}

/** What was asked. Errors: invalid_option (sealed with a key that this server does not have). */
export function askedOf({ vault }: Pick<Ctx, 'vault'>, { id, asked }: ErasureRow): unknown {
  return JSON.parse(vault.open(asked!, placeOf(id)));
}

/** Values that the subject alone had, by column; `_label`: its labels. */
export type OwnValues = ReadonlyMap<string, readonly string[]>;

/** What was noted of them; nothing before the first look. */
export function ownOf(ctx: Pick<Ctx, 'vault'>, row: ErasureRow): OwnValues {
  const { own = [] } = askedOf(ctx, row) as { own?: [string, string[]][] };
  return new Map(own);
}

/** Notes them beside what was asked, sealed and to be forgotten with it: they are looked for again when what has them is gone. */
export async function noteOwn(
  ctx: Pick<Ctx, 'vault' | 'ledger'>,
  row: ErasureRow,
  own: OwnValues,
): Promise<void> {
  const asked = { ...(askedOf(ctx, row) as object), own: [...own] };
  await ctx.ledger
    .updateTable('erasures')
    .set({ asked: ctx.vault.seal(JSON.stringify(asked), placeOf(row.id)) })
    .where('id', '=', row.id)
    .where('asked', 'is not', null)
    .execute();
}

/** Seals with the present key what a former one sealed. Runs at each start; to run it again changes nothing. */
export async function sealErasures({ ledger, vault }: Pick<Ctx, 'ledger' | 'vault'>): Promise<void> {
  const due = (await openErasures({ ledger })).filter(({ asked }) => !vault.sealed(asked!));
  for (const { id, asked } of due)
    await ledger
      .updateTable('erasures')
      .set({ asked: vault.seal(vault.open(asked!, placeOf(id)), placeOf(id)) })
      .where('id', '=', id)
      .where('asked', '=', asked)
      .execute();
}

/** Those that are not forgotten yet, oldest first. */
export function openErasures({ ledger }: Pick<Ctx, 'ledger'>): Promise<ErasureRow[]> {
  return ledger
    .selectFrom('erasures')
    .selectAll()
    .where('asked', 'is not', null)
    .orderBy('requested_at')
    .orderBy('id')
    .execute();
}

/**
 * Refuses to take away what an erasure needs before it has looked for the second time: the rows of a model where it looks for them, or the column
 * that it asks by. In the transaction that takes it, behind what takes it. Errors: conflict.
 */
export async function refuseWhileErasing(
  trx: Transaction<Ledger>,
  model: string,
  column?: string,
): Promise<void> {
  const open = (await openErasures({ ledger: trx })).filter((row) => row.model === model);
  const asked = open.filter(({ columns }) => column === undefined || JSON.parse(columns).includes(column));
  if (asked.length > 0)
    throw new TiltmeterError(
      'conflict',
      `what people asked to erase of ${model} is not gone yet, or is looked for once more: try again in a quarter of an hour`,
    );
}

/** The newest of a model. */
export function erasuresOf(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
  most: number,
): Promise<ErasureRow[]> {
  return ledger
    .selectFrom('erasures')
    .selectAll()
    .where('model', '=', model)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

/** How far it is, and whether everything is gone. `forget`: what was asked is forgotten. */
export async function noteErased(
  trx: Transaction<Ledger>,
  id: string,
  { erased, finished, forget }: { erased: Erased; finished: number | null; forget: boolean },
): Promise<void> {
  await trx
    .updateTable('erasures')
    .set({ erased: JSON.stringify(erased), finished_at: finished, ...(forget ? { asked: null } : {}) })
    .where('id', '=', id)
    .execute();
}
