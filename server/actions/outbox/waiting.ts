/** What a message that was never tried has in the outbox; it is due at once. */
export function waiting(now: number) {
  return {
    state: 'waiting' as const,
    attempts: 0,
    next_at: now,
    held_until: 0,
    claim: 0,
    claimed_until: 0,
    last_error: null,
    created_at: now,
    delivered_at: null,
  };
}
