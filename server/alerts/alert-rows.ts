import type { Ctx } from '../context.ts';
import type { AlertRow } from '../store/ledger/schema.ts';

/** Alerts that one statement asks for: SQLite takes at most 32,766 bound values. */
const ALERTS = 5_000;

/** Alerts as they are stored, by id; those that exist. */
export function alertRows(
  { ledger }: Pick<Ctx, 'ledger'>,
  ids: readonly string[],
): Promise<Map<string, AlertRow>> {
  return byId(ids, (piece) => ledger.selectFrom('alerts').selectAll().where('id', 'in', piece).execute());
}

/** What an alert is of: it never changes. */
export type AlertKey = Pick<
  AlertRow,
  'id' | 'model' | 'monitor' | 'kind' | 'layer' | 'metric' | 'column' | 'segment'
>;

/** What these alerts are of, by id; those that exist. Less to read than `alertRows`, where thousands are asked for. */
export function alertKeys(
  { ledger }: Pick<Ctx, 'ledger'>,
  ids: readonly string[],
): Promise<Map<string, AlertKey>> {
  return byId(ids, (piece) =>
    ledger
      .selectFrom('alerts')
      .select(['id', 'model', 'monitor', 'kind', 'layer', 'metric', 'column', 'segment'])
      .where('id', 'in', piece)
      .execute(),
  );
}

async function byId<Row extends { readonly id: string }>(
  ids: readonly string[],
  read: (piece: readonly string[]) => Promise<readonly Row[]>,
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (let i = 0; i < ids.length; i += ALERTS)
    for (const row of await read(ids.slice(i, i + ALERTS))) found.set(row.id, row);
  return found;
}
