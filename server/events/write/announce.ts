import type { Kysely } from 'kysely';
import type { ArrivalRow, Ledger } from '../../store/ledger/schema.ts';
import { GroupCommit } from './group-commit.ts';

/** How far ahead a model's arrivals are told, so that a busy model costs the ledger a row in this time, not one a batch. Below the time
 * after which others think a server dead: one that cannot reach the ledger stores nothing by then. */
export const AHEAD_MS = 10_000;

/** Models that are not there, of which each is told by its name; senders may make up any number. */
const STRANGE = 1_000;
/** Stands for all models that are told of no more. */
export const ANY = '';

/** Rows of one statement: the ledger takes at most 32,766 bound values. */
const AT_ONCE = 500;

/** Raises `newest` of these models where it is smaller. */
export async function announce(ledger: Kysely<Ledger>, rows: readonly ArrivalRow[]): Promise<void> {
  // In one order everywhere, so that two servers never wait for one another's rows.
  const ordered = rows.toSorted((a, b) => order(a.model, b.model) || order(a.kind, b.kind));
  for (let i = 0; i < ordered.length; i += AT_ONCE) {
    await ledger
      .insertInto('arrivals')
      .values(ordered.slice(i, i + AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['model', 'kind'])
          .doUpdateSet(({ ref }) => ({ newest: ref('excluded.newest') }))
          .whereRef('arrivals.newest', '<', 'excluded.newest'),
      )
      .execute();
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Says in the ledger which models get rows, before they are stored: so nothing that was stored can be missed, whenever
 * this process dies. What is to be told while another statement runs goes together in the next one.
 */
export class Announcements {
  /** By kind and model, up to which stamp it was told. */
  readonly #told = new Map<string, number>();
  readonly #strange = new Set<string>();
  readonly #isKnown: (model: string) => boolean;
  readonly #commit: GroupCommit<Map<string, ArrivalRow>>;

  /** `isKnown`: whether there is such a model. Labels may come before theirs. */
  constructor(ledger: Kysely<Ledger>, isKnown: (model: string) => boolean) {
    this.#isKnown = isKnown;
    this.#commit = new GroupCommit({
      make: () => new Map<string, ArrivalRow>(),
      write: async (rows) => {
        await announce(ledger, [...rows.values()]);
        for (const [key, { newest }] of rows) this.#told.set(key, newest);
      },
      full: () => false,
      empty: (rows) => rows.size === 0,
      lingerMs: 0,
    });
  }

  /** Resolves when the ledger says that these models may have rows with this stamp. Errors: store_unavailable. */
  async told(kind: ArrivalRow['kind'], models: Iterable<string>, stamp: number): Promise<void> {
    const names = new Set([...models].map((model) => this.#nameOf(model)));
    const fresh = [...names].filter((model) => (this.#told.get(`${kind} ${model}`) ?? 0) < stamp);
    if (fresh.length === 0) return;
    const { batch, stored } = this.#commit.open();
    for (const model of fresh) batch.set(`${kind} ${model}`, { model, kind, newest: stamp + AHEAD_MS });
    await stored;
  }

  /** What a model is told of by: its name, or `ANY` once too many are strange. */
  #nameOf(model: string): string {
    if (this.#isKnown(model) || this.#strange.has(model)) return model;
    if (this.#strange.size >= STRANGE) return ANY;
    this.#strange.add(model);
    return model;
  }
}
