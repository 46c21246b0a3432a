import type { Receipt } from '../../contract/receipt.ts';
import type { Ctx } from '../context.ts';

export type EventKind = 'predictions' | 'labels' | 'outcomes' | 'changes';

/** One parsed JSON value per event, or the reason why there is none. */
export type ParsedEvent =
  | { readonly value: unknown }
  | { readonly code: 'invalid_json' | 'event_too_large'; readonly message: string; readonly raw: string };

/** The way in: accept → validate → batch → write. Resolves after the rows are stored with fsync. */
export interface Ingest {
  accept(
    ctx: Ctx,
    kind: EventKind,
    events: readonly ParsedEvent[],
    options?: { idempotencyKey?: string; bytes?: number },
  ): Promise<Receipt>;
  /** Counters since start, for the self-metrics and the ledger of received = stored + duplicates + rejected. */
  counters(): IngestCounters;
  /** Stops accepting, writes what was accepted. */
  close(): Promise<void>;
}

export interface IngestCounters {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly queuedBytes: number;
}
