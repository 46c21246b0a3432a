import type { z } from 'zod';

/** One thing to tell: a body, and a key that is the same at every try. */
export interface Message {
  readonly idempotencyKey: string;
  readonly event: string;
  /** JSON, as docs/channels/webhook.md has it; kinds with a form of their own take it apart. */
  readonly body: string;
}

/** What a delivery may use of the world. */
export interface DeliveryContext {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly allowPrivateAddresses: boolean;
  readonly timeoutMs: number;
}

/**
 * A way to reach people. `deliver` resolves when the other side has accepted the message, and throws a
 * DeliveryError (or any error) when it has not.
 */
export interface ChannelKind<Options = unknown> {
  readonly id: string;
  readonly title: string;
  /** What it takes; the description of a field is its label. Fields named in `secrets` are never shown again. */
  readonly options: z.ZodType<Options>;
  readonly secrets: readonly string[];
  /** Whether it can tell what is no incident, digests and where the audit log ends: pagers have no form for it. */
  readonly tellsReports: boolean;
  /** Whether the receiver forgets what goes on when it is started anew, so that it is told again each minute. */
  readonly forgets?: boolean;
  /** What lists show of where it goes, enough to recognise it; never a secret. */
  address(options: Options): string;
  /** The address it connects to, whose host must be public unless private ones are allowed. */
  reaches(options: Options): string;
  deliver(context: DeliveryContext, options: Options, message: Message): Promise<void>;
}

/** `retry` is false when trying again cannot help; `unheard` is true when the other side cannot have acted on it. */
export class DeliveryError extends Error {
  readonly retry: boolean;
  readonly unheard: boolean;

  constructor(message: string, retry: boolean, unheard = false) {
    super(message);
    this.name = 'DeliveryError';
    this.retry = retry;
    this.unheard = unheard;
  }
}
