import { type QueryKey, type UseQueryOptions, useQueries } from '@tanstack/react-query';

/** A question to the API, whatever it answers. */
export type Question = { readonly queryKey: QueryKey };

/**
 * Whether each of these has been answered, or has failed once: from then on what is drawn with them keeps its size. It asks
 * them all at once, so that what is drawn later does not have to wait for what is drawn first.
 */
export function useSettled(questions: readonly Question[]): boolean {
  return useQueries({
    // Whoever draws the answer also keeps it fresh.
    queries: questions.map((question) => ({
      ...(question as UseQueryOptions),
      refetchInterval: false as const,
    })),
    // What has failed for good is asked again by whoever draws it: it stays settled, or that would take it off the page.
    combine: (results) =>
      results.every(
        ({ isPending, failureCount, errorUpdateCount }) =>
          !isPending || failureCount > 0 || errorUpdateCount > 0,
      ),
  });
}
