import type { Kysely } from 'kysely';
import type { Receipt } from '../../../contract/receipt.ts';
import { ledgerNow } from '../../store/ledger/now.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import { GroupCommit } from './group-commit.ts';

interface Claimed {
  readonly id: string;
  readonly bodyHash: string;
}

interface Kept extends Claimed {
  readonly at: number;
  readonly receipt: Receipt;
}

/** Rows of one statement. */
const AT_ONCE = 500;

/**
 * Keys that are claimed and receipts that are kept, those of requests that come together in one statement: the ledger
 * syncs its file once for all of them.
 */
export class Claims {
  readonly #made = new Map<string, number>();
  readonly #claims: GroupCommit<Claimed[]>;
  readonly #receipts: GroupCommit<Kept[]>;

  constructor(ledger: Kysely<Ledger>) {
    const grouped = <T>(write: (rows: T[]) => Promise<void>) =>
      new GroupCommit<T[]>({
        make: () => [],
        write,
        full: (rows) => rows.length >= AT_ONCE,
        empty: (rows) => rows.length === 0,
        lingerMs: 0,
      });
    this.#claims = grouped(async (rows) => {
      const at = ledgerNow(ledger);
      const made = await ledger
        .insertInto('idempotency')
        .values(
          inOrder(rows).map(({ id, bodyHash }) => ({
            id,
            body_hash: bodyHash,
            receipt: null,
            created_at: at,
          })),
        )
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning(['id', 'created_at'])
        .execute();
      for (const { id, created_at } of made) this.#made.set(id, created_at);
    });
    this.#receipts = grouped(async (rows) => {
      await ledger
        .insertInto('idempotency')
        .values(
          inOrder(rows).map(({ id, bodyHash, at, receipt }) => ({
            id,
            body_hash: bodyHash,
            receipt: JSON.stringify(receipt),
            created_at: at,
          })),
        )
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(({ ref }) => ({ receipt: ref('excluded.receipt') })),
        )
        .execute();
    });
  }

  /** Claims the id, which nobody else in this process does meanwhile. When that was; undefined: it was claimed before. */
  async make(id: string, bodyHash: string): Promise<number | undefined> {
    const { batch, stored } = this.#claims.open();
    batch.push({ id, bodyHash });
    await stored;
    const at = this.#made.get(id);
    this.#made.delete(id);
    return at;
  }

  /** Keeps the receipt of a request whose claim this process holds. */
  keep(kept: Kept): Promise<void> {
    const { batch, stored } = this.#receipts.open();
    batch.push(kept);
    return stored;
  }
}

/** The same order on all servers, so that none waits for another's row while it holds one. */
function inOrder<T extends Claimed>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
