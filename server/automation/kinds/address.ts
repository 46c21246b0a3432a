import { z } from 'zod';
import { headerValue } from '../../actions/wire/post.ts';

/** An address of the other side. */
export const Address = z.url({ protocol: /^https?$/ }).max(2_048);

/** What stands in an address as one part of a path. */
export const PathPart = z.string().trim().min(1).max(256);

/** What a header says after `Authorization:`. */
export const Authorization = headerValue.min(1).max(1_024);

/** A path below an address, whatever it ends with. `below('https://a/', 'x', 'y z')` → 'https://a/x/y%20z' */
export function below(address: string, ...parts: readonly string[]): string {
  return [address.replace(/\/+$/, ''), ...parts.map(encodeURIComponent)].join('/');
}

/** A text or a number of an answer; null when it is not there. */
export function textOf(reply: unknown, field: string): string | null {
  const value =
    typeof reply === 'object' && reply !== null ? (reply as Record<string, unknown>)[field] : null;
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 512) : null;
}

/** An address of an answer that may be a link; null when it is none. */
export function linkOf(reply: unknown, field: string): string | null {
  const text = textOf(reply, field);
  return text !== null && Address.safeParse(text).success ? text : null;
}
