import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change through the API; afterwards everything on screen that begins with `path` is read again. */
export function useChange<Input, Reply>(change: (input: Input) => Promise<Reply>, path: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(path) }),
  });
}
