/**
 * One parsed JSON value per event, or the reason why there is none. `raw` is its text where that is at hand (of one that is too large, the
 * beginning), `bytes` its share of the body.
 */
export type ParsedEvent =
  | { readonly value: unknown; readonly raw?: string; readonly bytes?: number }
  | {
      readonly code:
        | 'invalid_json'
        | 'event_too_large'
        | 'invalid_event'
        | 'invalid_unicode'
        | 'invalid_payload'
        | 'unpaired_payload';
      readonly message: string;
      readonly raw: string;
      readonly bytes?: number;
    };

/** No event yet: the end of one is being looked for, and that takes a while. Somebody else may go on meanwhile. */
export const LOOKING = Symbol('looking');
/** What a body is made of, as it is read. */
export type Found = ParsedEvent | typeof LOOKING;

export function isEvent(found: Found): found is ParsedEvent {
  return found !== LOOKING;
}

/** Its share of the body: bytes, or characters of its text, or about so many. */
export function sizeOf(event: ParsedEvent): number {
  return event.bytes ?? event.raw?.length ?? 500;
}
