import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import { isLoopback } from '../address.ts';
import { openDataFolder, openToOthers } from '../data-folder.ts';
import type { Log } from '../log.ts';
import { makeModelTable } from '../models/columns/make-table.ts';
import { resetAfterRemade, resetWhereEmpty } from '../profiles/heads/reset-heads.ts';
import { noteAway, noteRemade } from '../status/watch/concerns.ts';
import type { Lake } from '../store/lake/lake.ts';
import { makeSharedTable, withMissingTables } from '../store/lake/missing-tables.ts';
import { openLake } from '../store/lake/open.ts';
import { oneAtATime } from '../store/ledger/one-at-a-time.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { everSignedIn } from '../users/first-admin.ts';
import type { AppOptions } from './options.ts';

export interface Stores {
  readonly ledger: Kysely<Ledger>;
  readonly lake: Lake;
  /** Notes that a store answers again, after so many milliseconds; it is told for a day. */
  away(store: 'lake' | 'ledger'): (ms: number) => Promise<void>;
}

/**
 * The data folder, the ledger and the lake, up to date, with all that mends them by itself; `opening` closes them.
 * Errors: data_folder_locked, data_folder_not_writable, public_address_refused, store_unavailable …
 */
export async function openStores(
  options: AppOptions,
  { host, clock, log }: { readonly host: string; readonly clock: () => number; readonly log: Log },
  opening: AsyncDisposableStack,
): Promise<Stores> {
  const { dataDir, ledgerUrl, lakeUrl } = options;
  const folder = openDataFolder(dataDir);
  opening.defer(() => folder.release());
  const open = openToOthers(dataDir);
  if (open !== undefined) log.warn({ data: dataDir }, `${open.who} the data folder: ${open.close}`);
  const onIdleError = (err: Error) => log.warn({ err }, 'a connection to the ledger broke');
  const ledger = await openLedger({ dataDir, ledgerUrl, clock, onIdleError });
  opening.defer(() => ledger.destroy());
  if (!isLoopback(host) && options.adminKey === undefined && !(await everSignedIn({ ledger }))) {
    throw new TiltmeterError(
      'public_address_refused',
      `refusing to listen on ${host}: nobody can sign in yet`,
    );
  }
  const away = (store: 'lake' | 'ledger') => (ms: number) =>
    noteAway({ ledger, clock }, store, ms).catch((err) =>
      log.warn({ err, store }, 'that a store was away could not be noted'),
    );
  const store = await oneAtATime(ledger, log, () =>
    openLake({ dataDir, lakeUrl, log, onReturn: away('lake') }),
  );
  opening.defer(() => store.close());
  const lake = withMissingTables(store, {
    makers: [makeSharedTable, makeModelTable(ledger)],
    async onRemade(table) {
      await noteRemade({ ledger, clock }, table);
      await resetAfterRemade({ ledger }, table);
    },
    log,
    clock,
  });
  await resetWhereEmpty({ ledger, lake });
  return { ledger, lake, away };
}
