import { createHash } from 'node:crypto';
import type { AuditRow } from '../store/ledger/schema.ts';

/** SHA-256 over the hash before it and the entry's fields in a fixed order, in hex. */
export function chainHash(entry: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, target, detail, previous_hash } = entry;
  const fields = JSON.stringify([seq, at, actor, action, target, detail]);
  return createHash('sha256').update(previous_hash).update(fields).digest('hex');
}

export type Break = { readonly seq: number; readonly reason: 'gap' | 'not_chained' | 'changed' };

/** The first entry that does not continue the chain from `previous`, or the last entry. Pure. */
export function checkChain(
  previous: { seq: number; hash: string },
  entries: readonly AuditRow[],
): { last: { seq: number; hash: string } } | { broken: Break } {
  let last = previous;
  for (const entry of entries) {
    const { hash, ...rest } = entry;
    if (entry.seq !== last.seq + 1) return { broken: { seq: entry.seq, reason: 'gap' } };
    if (entry.previous_hash !== last.hash) return { broken: { seq: entry.seq, reason: 'not_chained' } };
    if (chainHash(rest) !== hash) return { broken: { seq: entry.seq, reason: 'changed' } };
    last = { seq: entry.seq, hash };
  }
  return { last };
}
