import { useMutation, useQueryClient } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import type { ActionRun } from '../../api/types.ts';
import { useIncidentsAnew } from '../incident/useIncidentChange.ts';

/** A change of what is done; afterwards, also when somebody else was first, runs and the incidents that tell of them are read again. */
export function useRunChange<Input>(change: (input: Input) => Promise<ActionRun>) {
  const queries = useQueryClient();
  const incidents = useIncidentsAnew();
  const runs = address('/action-runs');
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        incidents(),
        queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(runs) }),
      ]),
  });
}
