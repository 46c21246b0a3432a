import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import type { EventKind } from './kinds/index.ts';
import type { ParsedEvent } from './parsed-event.ts';

/** Another server that has not answered for this long has died: its request may be repeated. */
const ABANDONED_MS = 120_000;

export interface IdempotentRequest {
  readonly actor: string;
  readonly kind: EventKind;
  readonly key: string;
  /** Hash of the body; of the events when absent. */
  readonly body: string | undefined;
  readonly events: readonly ParsedEvent[];
}

export interface Ticket {
  /** Ids for events that brought none: the same in every repetition. */
  readonly idOf: (index: number) => string;
  /** An earlier try was cut off, so some of its rows may be stored. */
  readonly repeated: boolean;
}

/**
 * Requests that may be repeated. The key is claimed in the ledger before anything is stored and the receipt is kept
 * there afterwards; a repetition gets that receipt. A try that was cut off leaves a claim without receipt, and the next
 * one stores what is missing: ids are derived from key and position.
 */
export class Idempotency {
  readonly #ledger: Kysely<Ledger>;
  readonly #clock: () => number;
  readonly #shared: boolean;
  readonly #running = new Set<string>();

  constructor({ ledger, clock, shared }: { ledger: Kysely<Ledger>; clock: () => number; shared: boolean }) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#shared = shared;
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
      const claim = await this.#claim(id, request.body ?? sha256(JSON.stringify(request.events)));
      if (claim.receipt !== undefined) return claim.receipt;
      const prefix = id.slice(0, 32);
      const receipt = await store({ idOf: (index) => `${prefix}-${index}`, repeated: claim.repeated });
      await this.#ledger
        .updateTable('idempotency')
        .set({ receipt: JSON.stringify(receipt) })
        .where('id', '=', id)
        .execute();
      return receipt;
    } finally {
      this.#running.delete(id);
    }
  }

  async #claim(id: string, bodyHash: string): Promise<{ receipt?: Receipt; repeated: boolean }> {
    const now = this.#clock();
    const claimed = await this.#ledger
      .insertInto('idempotency')
      .values({ id, body_hash: bodyHash, receipt: null, created_at: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (claimed.numInsertedOrUpdatedRows === 1n) return { repeated: false };
    const row = await this.#ledger
      .selectFrom('idempotency')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) throw inProgress();
    if (row.body_hash !== bodyHash) throw new TiltmeterError('idempotency_mismatch');
    if (row.receipt !== null) return { receipt: JSON.parse(row.receipt) as Receipt, repeated: true };
    if (this.#shared && now - row.created_at < ABANDONED_MS) throw inProgress();
    return { repeated: true };
  }
}

function inProgress(): TiltmeterError {
  return new TiltmeterError('idempotency_in_progress', undefined, { retryAfter: 1 });
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
