import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import { shownName } from '../context.ts';
import type { ErasureRow, Ledger, ModelRow } from '../store/ledger/schema.ts';

/** How many rows of each kind went, and how many values were taken out of profiles. */
export interface Erased {
  readonly predictions: number;
  readonly labels: number;
  readonly outcomes: number;
  readonly rejects: number;
  readonly values: number;
}

const placeOf = (id: string) => `erasure ${id}`;

/**
 * Notes that what is stored of a subject is to go. What was asked is a person's own data: it lies sealed, and is forgotten
 * when everything is gone. In the transaction of who asked for it.
 */
export async function beginErasure(
  ctx: Pick<Ctx, 'ids' | 'clock' | 'actor' | 'vault'>,
  trx: Transaction<Ledger>,
  { id: model, table_name }: Pick<ModelRow, 'id' | 'table_name'>,
  { asked, columns, predictions }: { asked: unknown; columns: readonly string[]; predictions: number },
): Promise<ErasureRow> {
  const id = ctx.ids.id();
  const erased: Erased = { predictions, labels: 0, outcomes: 0, rejects: 0, values: 0 };
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
