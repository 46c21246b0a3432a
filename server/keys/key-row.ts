import type { Key } from '../../contract/key.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { KeyRow } from '../store/ledger/schema.ts';
import type { Account } from '../users/accounts.ts';

const timeOrNull = (ms: number | null): string | null => (ms === null ? null : rfc3339(ms));

/** A key as lists show it: nothing in it lets anyone in. */
export function shownKey(row: KeyRow, owner: Account | undefined): Key {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes),
    models: row.models === null ? null : JSON.parse(row.models),
    owner: { id: row.owner, name: owner?.name ?? row.owner, kind: owner?.kind ?? 'service' },
    created_by: row.created_by,
    created_at: rfc3339(row.created_at),
    expires_at: timeOrNull(row.expires_at),
    last_used_at: timeOrNull(row.last_used_at),
    revoked_at: timeOrNull(row.revoked_at),
  };
}
