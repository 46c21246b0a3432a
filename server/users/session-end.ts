import type { SessionBounds } from '../context.ts';

/**
 * When a session is over unless it is used before, epoch milliseconds: bounds that were lowered hold for sessions that are there.
 * Example: `sessionEnd(row, ctx.settings.session) <= ctx.clock()`
 */
export function sessionEnd(
  row: { readonly created_at: number; readonly expires_at: number; readonly last_seen_at: number },
  { idleMs, maxMs }: SessionBounds,
): number {
  return Math.min(row.expires_at, row.last_seen_at + idleMs, row.created_at + maxMs);
}
