import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';
import type { User } from '../api/types.ts';

/** What the reader may do, beyond reading. */
export interface May {
  /** Change monitors, references, settings, keys and incidents. */
  readonly write: boolean;
  /** Manage people, and remove what cannot be brought back. */
  readonly admin: boolean;
}

/** What a role may do, as the server has it. */
export function mayOf(role: User['role'] | undefined): May {
  return { write: role === 'editor' || role === 'admin', admin: role === 'admin' };
}

/** The one place that decides which controls a page shows: none that the server would refuse. */
export function useMay(): May {
  const session = useQuery(sessionQuery);
  return mayOf(session.data?.user.role);
}
