import type { Storage, StoredTable } from '../../../contract/storage.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { allModels } from '../../models/find-model.ts';
import type { Kept } from '../../store/kept.ts';
import { lakeRoom, type TableSize, tableSizes } from '../../store/lake/sizes.ts';
import { type LedgerTable, ledgerBytes, ledgerTables } from '../../store/ledger/size.ts';
import { daysOf, daysSet } from './days.ts';
import { bytesIn, bytesPerDay } from './forecast.ts';
import { KEPT, PREDICTIONS } from './kept.ts';

/**
 * What is stored, for how long, and where that leads. Reads headers of tables, no rows of the lake; by table it looks at all
 * of the ledger. Errors: not_allowed.
 */
export async function readStorage(ctx: Ctx, ledgerBy: 'whole' | 'table' = 'whole'): Promise<Storage> {
  authorise(ctx.actor, 'read');
  const [set, sizes, room, ledger, ledgerSizes, models] = await Promise.all([
    daysSet(ctx),
    tableSizes(ctx.lake),
    lakeRoom(ctx.lake),
    ledgerBytes(ctx.ledger),
    ledgerBy === 'table' ? ledgerTables(ctx.ledger) : null,
    allModels(ctx),
  ]);
  const tables = new Set(models.map(({ table_name }) => table_name));
  const predictions = together(sizes.filter(({ table }) => tables.has(table)));
  const items = [
    shown({ name: PREDICTIONS, title: TITLE, store: 'lake', days: null, least: 1 }, set, predictions),
  ];
  for (const kept of KEPT) {
    const size =
      kept.store === 'lake'
        ? (sizes.find(({ table }) => table === kept.name) ?? NOTHING)
        : { ...NOTHING, rows: (await kept.rows?.(ctx.ledger)) ?? 0 };
    const item = shown(kept, set, size);
    items.push(kept.store === 'lake' ? item : { ...item, bytes: bytesOf(kept, ledgerSizes) });
  }
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  const daily = items.reduce((sum, item) => sum + growing(item), 0);
  return {
    items,
    lake: { bytes, free_bytes: room.freeBytes, total_bytes: room.totalBytes },
    ledger: { bytes: ledger, tables: ledgerSizes && [...ledgerSizes] },
    full_in_days: daily > 0 ? Math.floor(room.freeBytes / daily) : null,
  };
}

const TITLE = 'Predictions of models that do not say themselves for how long';

type Size = Pick<TableSize, 'rows' | 'bytes' | 'oldest' | 'newest'>;
const NOTHING: Size = { rows: 0, bytes: 0, oldest: null, newest: null };

/** Of the tables of the ledger that something lies in. */
function bytesOf({ tables = [] }: Kept, sizes: readonly LedgerTable[] | null): number | null {
  if (sizes === null) return null;
  const names = new Set<string>(tables);
  return sizes.filter(({ name }) => names.has(name)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Several tables as one. */
function together(sizes: readonly TableSize[]): Size {
  const known = (pick: (size: TableSize) => number | null) =>
    sizes.map(pick).filter((moment) => moment !== null);
  const oldest = known((size) => size.oldest);
  const newest = known((size) => size.newest);
  return {
    rows: sizes.reduce((sum, { rows }) => sum + rows, 0),
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    oldest: oldest.length === 0 ? null : Math.min(...oldest),
    newest: newest.length === 0 ? null : Math.max(...newest),
  };
}

function shown(
  kept: Pick<(typeof KEPT)[number], 'name' | 'title' | 'store' | 'days' | 'least'>,
  set: ReadonlyMap<string, number | null>,
  size: Size,
): StoredTable {
  const growth = { ...size, days: daysOf(set, kept) };
  const whole = (bytes: number | null) => (bytes === null ? null : Math.round(bytes));
  return {
    name: kept.name,
    title: kept.title,
    store: kept.store,
    days: growth.days,
    default_days: kept.days,
    least_days: kept.least,
    rows: size.rows,
    bytes: kept.store === 'lake' ? size.bytes : null,
    oldest: size.oldest === null ? null : rfc3339(size.oldest),
    newest: size.newest === null ? null : rfc3339(size.newest),
    bytes_per_day: whole(bytesPerDay(growth)),
    bytes_in_30_days: whole(bytesIn(30, growth)),
    bytes_in_365_days: whole(bytesIn(365, growth)),
  };
}

/** Bytes a day that stay: nothing of what has reached the end of its time. */
function growing({ bytes, bytes_per_day, bytes_in_30_days }: StoredTable): number {
  if (bytes === null || bytes_per_day === null || bytes_in_30_days === null) return 0;
  return Math.min(bytes_per_day, (bytes_in_30_days - bytes) / 30);
}
