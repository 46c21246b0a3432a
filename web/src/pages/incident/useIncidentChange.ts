import { useMutation, useQueryClient } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { IncidentChange, IncidentDetail } from '../../api/types.ts';

/** Asks everything that tells of incidents anew. */
export function useIncidentsAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).includes('/incidents') });
}

/**
 * Changes an incident as it was seen: what somebody else decided since is refused by the server with its name, and the page shows it. What
 * the reader typed stays where it is.
 */
export function useIncidentChange({ id, revision }: Pick<IncidentDetail, 'id' | 'revision'>) {
  const anew = useIncidentsAnew();
  return useMutation({
    mutationFn: (body: IncidentChange) => api.patch(address('/incidents/:id', { id }), { ...body, revision }),
    onSettled: anew,
  });
}
