import type { Ctx } from '../../context.ts';
import type { SignalHeadRow } from '../../store/ledger/schema.ts';
import type { Quality, SignalHead } from './head.ts';

/** Models that one statement asks for: SQLite takes at most 32,766 bound values. */
const MODELS = 5_000;

/** What is kept of the signals of these models, by model; one that has none is absent. No history is read. */
export async function readHeads(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, SignalHead>> {
  const heads = new Map<string, SignalHead>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('signal_heads')
      .selectAll()
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) heads.set(row.model, headOf(row));
  }
  return heads;
}

function headOf({ first, last, quality }: SignalHeadRow): SignalHead {
  return {
    ...(first === null ? {} : { first }),
    ...(last === null ? {} : { last }),
    quality: quality === null ? null : (JSON.parse(quality) as Quality),
  };
}
