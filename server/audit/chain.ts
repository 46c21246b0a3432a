import { createHash } from 'node:crypto';
import type { AuditRow } from '../store/ledger/schema.ts';
import type { Vault } from '../vault.ts';

/**
 * What chains an entry to the one before it, in hex: HMAC-SHA256 under the secret key, over the hash before it and the entry's fields
 * in a fixed order. Entries from before there was a key have a SHA-256 of fewer fields. Errors: invalid_option (another key).
 */
export function chainHash(entry: Omit<AuditRow, 'hash'>, vault: Pick<Vault, 'mac'>): string {
  const { seq, at, actor, actor_id, action, target, detail, previous_hash, key_id } = entry;
  const fields = [seq, at, actor, action, target, detail];
  if (key_id !== null) return vault.mac(key_id, previous_hash, JSON.stringify([...fields, actor_id, key_id]));
  return createHash('sha256').update(previous_hash).update(JSON.stringify(fields)).digest('hex');
}

export interface Break {
  readonly seq: number;
  /** `not_keyed`: without a key behind entries with one; `unknown_key`: under a key that this server does not have. */
  readonly reason: 'gap' | 'not_chained' | 'changed' | 'not_keyed' | 'unknown_key' | 'not_as_noted';
}

/** The end of a chain so far; `keyed`: the last entry is chained with a key. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
  readonly keyed: boolean;
}

/** The first entry that does not continue the chain from `previous`, or the last entry. Pure. */
export function checkChain(
  previous: ChainEnd,
  entries: readonly AuditRow[],
  vault: Pick<Vault, 'mac' | 'known'>,
): { last: ChainEnd } | { broken: Break } {
  let last = previous;
  for (const entry of entries) {
    const { hash, ...rest } = entry;
    const { seq, key_id } = entry;
    if (seq !== last.seq + 1) return { broken: { seq, reason: 'gap' } };
    if (entry.previous_hash !== last.hash) return { broken: { seq, reason: 'not_chained' } };
    if (key_id === null && last.keyed) return { broken: { seq, reason: 'not_keyed' } };
    if (key_id !== null && !vault.known.has(key_id)) return { broken: { seq, reason: 'unknown_key' } };
    if (chainHash(rest, vault) !== hash) return { broken: { seq, reason: 'changed' } };
    last = { seq, hash, keyed: key_id !== null };
  }
  return { last };
}
