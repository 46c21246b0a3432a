import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Receipt } from '../../../contract/receipt.ts';
import { ledgerNow } from '../../store/ledger/now.ts';
import type { Ledger } from '../../store/ledger/schema.ts';
import type { EventKind } from '../kinds/index.ts';
import { Claims } from './claims.ts';

/** A claim that was not renewed for this long is of a server that has died: its request may be repeated. */
const ABANDONED_MS = 120_000;
const RENEW_MS = 30_000;

export interface IdempotentRequest {
  readonly actor: string;
  readonly kind: EventKind;
  readonly key: string;
  /** Hash of the body. */
  readonly body: string;
  /** Told when the request was made before: the receipt is that of then. */
  readonly repeated?: (() => void) | undefined;
}

export interface Ticket {
  /** Ids for events that brought none: the same in every repetition. */
  readonly idOf: (index: number) => string;
  /** An earlier try was cut off, so some of its rows may be stored. */
  readonly repeated: boolean;
}

export interface IdempotencyOptions {
  readonly ledger: Kysely<Ledger>;
  /** Other servers store to the same lake. */
  readonly shared: boolean;
  /** How often a request that is being stored says so. */
  readonly renewMs?: number;
}

interface Claim {
  readonly receipt?: Receipt;
  readonly repeated: boolean;
  /** When it was made or renewed, by the ledger's clock. */
  readonly at: number;
}

/**
 * Requests that may be repeated. The key is claimed in the ledger before anything is stored and the receipt is kept
 * there afterwards; a repetition gets that receipt. A try that was cut off leaves a claim without receipt; one server
 * takes it over and stores what is missing: ids are derived from key and position.
 */
export class Idempotency {
  readonly #ledger: Kysely<Ledger>;
  readonly #abandonedMs: number;
  readonly #renewMs: number;
  readonly #running = new Set<string>();
  readonly #claims: Claims;

  constructor({ ledger, shared, renewMs = RENEW_MS }: IdempotencyOptions) {
    this.#ledger = ledger;
    this.#claims = new Claims(ledger);
    // A server by itself knows what it stores right now.
    this.#abandonedMs = shared ? ABANDONED_MS : 0;
    this.#renewMs = renewMs;
  }

  /** Errors: idempotency_mismatch, idempotency_in_progress, invalid_request, and those of `store`. */
  async once(request: IdempotentRequest, store: (ticket: Ticket) => Promise<Receipt>): Promise<Receipt> {
    if (request.key.length === 0 || request.key.length > 256) {
      throw new TiltmeterError('invalid_request', 'Idempotency-Key must have 1 to 256 characters');
    }
    const id = sha256(`${request.actor}\n${request.kind}\n${request.key}`);
    if (this.#running.has(id)) throw inProgress();
    this.#running.add(id);
    try {
      const bodyHash = request.body;
      const claim = await this.#claim(id, bodyHash);
      if (claim.receipt !== undefined) {
        request.repeated?.();
        return claim.receipt;
      }
      const prefix = id.slice(0, 32);
      const receipt = await this.#renewed(id, claim, () =>
        store({ idOf: (index) => `${prefix}-${index}`, repeated: claim.repeated }),
      );
      await this.#claims.keep({ id, bodyHash, at: claim.at, receipt });
      return receipt;
    } finally {
      this.#running.delete(id);
    }
  }

  async #claim(id: string, bodyHash: string): Promise<Claim> {
    const now = ledgerNow(this.#ledger);
    const made = await this.#claims.make(id, bodyHash);
    if (made !== undefined) return { repeated: false, at: made };
    const row = await this.#ledger
      .selectFrom('idempotency')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) throw inProgress();
    if (row.body_hash !== bodyHash) throw new TiltmeterError('idempotency_mismatch');
    if (row.receipt !== null)
      return { receipt: JSON.parse(row.receipt) as Receipt, repeated: true, at: row.created_at };
    const taken = await this.#ledger
      .updateTable('idempotency')
      .set({ created_at: now })
      .where('id', '=', id)
      .where('receipt', 'is', null)
      .where((eb) => eb('created_at', '<=', eb(now, '-', this.#abandonedMs)))
      .returning('created_at')
      .executeTakeFirst();
    if (!taken) throw inProgress();
    return { repeated: true, at: taken.created_at };
  }

  /** While something is stored its claim stays young; one that fails is given back. */
  async #renewed<T>(id: string, claim: Claim, store: () => Promise<T>): Promise<T> {
    let held = Promise.resolve<number | undefined>(claim.at);
    const set = (ago: number) => {
      held = held.then((at) => (at === undefined ? at : this.#setClaim(id, at, ago))).catch(() => undefined);
    };
    const renewing = setInterval(set, this.#renewMs, 0);
    try {
      return await store();
    } catch (error) {
      set(this.#abandonedMs);
      throw error;
    } finally {
      clearInterval(renewing);
      await held;
    }
  }

  /** When the claim is from now on; undefined when another server has it. */
  async #setClaim(id: string, at: number, ago: number): Promise<number | undefined> {
    const set = await this.#ledger
      .updateTable('idempotency')
      .set((eb) => ({ created_at: eb(ledgerNow(this.#ledger), '-', ago) }))
      .where('id', '=', id)
      .where('receipt', 'is', null)
      .where('created_at', '=', at)
      .returning('created_at')
      .executeTakeFirst();
    return set?.created_at;
  }
}

function inProgress(): TiltmeterError {
  return new TiltmeterError('idempotency_in_progress', undefined, { retryAfter: 1 });
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
