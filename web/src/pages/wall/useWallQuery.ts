import { type QueryFunction, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { EVERY_MS, PATIENCE_MS } from './freshness.ts';

interface Question<T> {
  readonly queryKey: readonly unknown[];
  readonly queryFn?: (context: never) => T | Promise<T>;
}

/**
 * A question that a wall asks again and again, whatever the reader chose for other pages, whether it has the focus or not. One that is not answered
 * in time is given up: a connection that was cut says nothing, and would keep the next from being asked.
 */
export function useWallQuery<T>(question: Question<T>): UseQueryResult<T> {
  const ask = question.queryFn as QueryFunction<T>;
  return useQuery<T>({
    queryKey: question.queryKey,
    queryFn: (context) =>
      ask({
        client: context.client,
        queryKey: context.queryKey,
        meta: context.meta,
        signal: AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE_MS)]),
      } as Parameters<typeof ask>[0]),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
    networkMode: 'always',
    staleTime: 0,
    retry: false,
  });
}
