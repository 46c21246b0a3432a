import { rfc3339 } from '../../contract/time.ts';
import type { User } from '../../contract/user.ts';
import type { UserRow } from '../store/ledger/schema.ts';

export function shownUser(row: UserRow): User {
  const { id, kind, name, role } = row;
  const email = kind === 'person' ? row.email : null;
  return {
    id,
    kind,
    email,
    name,
    role,
    created_at: rfc3339(row.created_at),
    disabled: row.disabled_at !== null,
  };
}
