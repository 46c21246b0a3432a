import type { Ctx } from '../context.ts';
import type { AlertRow } from '../store/ledger/schema.ts';

/** Alerts that one statement asks for: SQLite takes at most 32,766 bound values. */
const ALERTS = 5_000;

/** Alerts as they are stored, by id; those that exist. */
export async function alertRows(
  { ledger }: Pick<Ctx, 'ledger'>,
  ids: readonly string[],
): Promise<Map<string, AlertRow>> {
  const alerts = new Map<string, AlertRow>();
  for (let i = 0; i < ids.length; i += ALERTS) {
    const rows = await ledger
      .selectFrom('alerts')
      .selectAll()
      .where('id', 'in', ids.slice(i, i + ALERTS))
      .execute();
    for (const row of rows) alerts.set(row.id, row);
  }
  return alerts;
}
