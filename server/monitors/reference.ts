import type { Ctx } from '../context.ts';
import type { Profile } from '../profiles/profile.ts';
import { readColumns } from '../profiles/read.ts';
import type { ReferenceRow } from '../store/ledger/schema.ts';

/** What monitors compare with: the profiles of a reference, and where in production it lies (null for a file). */
export interface MonitorReference {
  readonly id: string;
  readonly kind: ReferenceRow['kind'];
  readonly from: number | null;
  readonly to: number | null;
  readonly columns: ReadonlyMap<string, Profile>;
}

/** The time of a file's profiles does not matter. */
const EVER = { from: 0, to: 32_503_680_000_000 };

/**
 * The profiles of a reference; `at` is the event time for which a rolling one is wanted. Null when it does not exist.
 */
export async function loadReference(
  ctx: Pick<Ctx, 'lake' | 'ledger'>,
  model: string,
  id: string | null,
  at: number,
): Promise<MonitorReference | null> {
  if (id === null) return null;
  const row = await ctx.ledger
    .selectFrom('references')
    .selectAll()
    .where('id', '=', id)
    .where('model', '=', model)
    .executeTakeFirst();
  if (!row) return null;
  const { kind } = row;
  if (kind === 'file') {
    const columns = await readColumns(ctx, { model, source: id, ...EVER });
    return { id, kind, from: null, to: null, columns };
  }
  const options = JSON.parse(row.options) as Record<string, number>;
  const to = kind === 'rolling' ? at - (options.offset_ms ?? 0) : options.to!;
  const from = kind === 'rolling' ? to - options.window_ms! : options.from!;
  return { id, kind, from, to, columns: await readColumns(ctx, { model, from, to }) };
}
