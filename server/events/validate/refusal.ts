import type { ErrorCode } from '../../../contract/errors.ts';

/** Why one event is not stored. The message names the place and never repeats more than a few words of the input. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

export function refuse(code: ErrorCode, message: string): Refusal {
  return { code, message };
}

/** A name from the input, short and printable enough for a message. `shown('a\nb')` → '"a\\nb"' */
export function shown(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
}
