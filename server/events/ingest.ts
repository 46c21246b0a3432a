import type { Receipt } from '../../contract/receipt.ts';
import type { Ctx } from '../context.ts';
import type { Reservation } from './budget.ts';
import type { Batch } from './columns/batch.ts';
import type { Debts } from './debts.ts';
import type { KnownIdsState } from './ids/known-ids.ts';
import type { EventKind } from './kinds/index.ts';
import type { IngestLimits } from './limits.ts';
import type { Found } from './parsed-event.ts';
import type { StoredReject } from './rejects/reject.ts';
import type { Group } from './write/group-commit.ts';

export type { IngestOptions } from './create-ingest.ts';
export { createIngest } from './create-ingest.ts';

export interface AcceptOptions {
  /** Repeating a request with the same key stores nothing twice and gets the same receipt. */
  readonly idempotencyKey?: string;
  /** Of the request's body, to tell a repetition from another request; of the events' JSON when absent. */
  readonly bodyHash?: string;
  /** Told when the request was made before: the receipt is that of then, and nothing is stored now. */
  readonly repeated?: () => void;
  /** False when the text of the events holds no `\u`: then no string can hold a lone surrogate or NUL. */
  readonly escapes?: boolean;
  /** Aborted when nobody waits for the receipt any more: what was not added by then is left. */
  readonly gone?: AbortSignal;
}

/** The way in: accept → validate → batch → write. Resolves after the rows are stored with fsync. */
export interface Ingest {
  readonly limits: IngestLimits;
  /**
   * The batch of a table that takes rows now, of somebody, for rows that are no events. Add them before anything is awaited; `stored` resolves once they
   * are stored with fsync. The same store is written to no faster than for events.
   */
  open(table: string, make: () => Batch, by: string): Group<Batch>;
  /**
   * Stores the events that are good and keeps the others as rejects. The receipt tells about each.
   * Errors: store_unavailable, disk_full, stopping, idempotency_in_progress, idempotency_mismatch, too_many_requests
   * (the key makes too many models or columns), sender_gone.
   */
  accept(ctx: Ctx, kind: EventKind, events: Iterable<Found>, options?: AcceptOptions): Promise<Receipt>;
  /** Sends rejects again, each once. Those that are stored now are marked as replayed. */
  replay(ctx: Ctx, rejects: readonly StoredReject[]): Promise<Receipt>;
  /** Room in the queue for the body of one request of a sender; its `take` throws too_many_requests when there is none. */
  reserve(sender: string): Reservation;
  /** The same for a file of reference rows, which takes no room from events. */
  reserveFile(sender: string): Reservation;
  /** What senders caused that came to nothing. */
  readonly debts: Debts;
  /** Resolves when it is a sender's turn to use the main thread, for about five milliseconds: see turns.ts. */
  turn(sender: string): Promise<void>;
  /** Columns or settings of a model were changed by people: the next row sees it. */
  forget(model: string): void;
  /** Counters since start, for the self-metrics and the ledger of received = stored + duplicates + rejected. */
  counters(): IngestCounters;
  /** Models with features that were left out since start, said in a sentence, and when the last was. */
  surplus(): readonly { readonly model: string; readonly sentence: string; readonly at: number }[];
  /** How far back ids of predictions are known. */
  knownIds(): KnownIdsState;
  /** Stops accepting, writes what was accepted. */
  close(): Promise<void>;
}

export interface IngestCounters {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly queuedBytes: number;
  /** Requests that were refused because the queue was full. */
  readonly refused: number;
  /** Requests whose events could not be stored. */
  readonly failed: number;
  /** Values that were left out because their model has all the columns it may have. */
  readonly droppedFeatures: number;
}
