import type { ZodType } from 'zod';
import type { Receipt } from '../../../contract/receipt.ts';
import type { EventKind } from '../kinds/index.ts';
import type { Found } from '../parsed-event.ts';

export interface DoorLimits {
  /** Bytes that one event may have. */
  readonly eventBytes: number;
  /** Events that a body may have. */
  readonly events: number;
}

export interface DoorRequest {
  /** The body, decompressed and within the limits. */
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  readonly limits: DoorLimits;
}

/** Events of one kind, out of a body. */
export interface DoorEvents {
  readonly kind: EventKind;
  readonly events: Iterable<Found>;
  /** False: no string can hold what only an escape can bring (a lone surrogate, NUL). */
  readonly escapes: boolean;
}

/** A way in, one per protocol and address: bytes → events of one or several kinds → the protocol's own answer. */
export interface Door {
  readonly path: string;
  readonly summary: string;
  /** What its body and its answer look like, for the API's own description. */
  readonly body: ZodType;
  readonly reply: ZodType;
  /** The events of a request. Errors: those of the protocol (invalid_json, unsupported_media_type …). */
  read(request: DoorRequest): readonly DoorEvents[];
  /** What the sender is told, once everything is stored. */
  answer(receipt: Receipt): { readonly status: number; readonly body: unknown };
}
