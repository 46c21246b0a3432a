import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { address, type QueryValue } from './address.ts';
import { api } from './client.ts';
import { pace } from './refresh.ts';
import type { Page } from './types.ts';

/** How often a visible page asks again. Decisions appear within one roll-up anyway. */
export const LIVE_MS = 15_000;

/** One answer, asked for again while the page is looked at. */
export function get<T>(
  template: string,
  params: Record<string, string> = {},
  query: Record<string, QueryValue> = {},
  poll = LIVE_MS,
) {
  const path = address(template, params, query);
  return queryOptions({
    queryKey: [path] as const,
    queryFn: ({ signal }) => api.get<T>(path, signal),
    refetchInterval: () => pace(poll),
    placeholderData: keepPreviousData,
  });
}

/** A list that is read to its end before it is shown, however many pages it has. */
export function all<T>(
  template: string,
  params: Record<string, string> = {},
  query: Record<string, QueryValue> = {},
  poll = LIVE_MS,
) {
  return queryOptions({
    queryKey: [address(template, params, query)] as const,
    queryFn: async ({ signal }): Promise<Page<T>> => {
      const items: T[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await api.get<Page<T>>(address(template, params, { ...query, cursor }), signal);
        items.push(...page.items);
        cursor = page.next_cursor;
      }
      return { items, next_cursor: null };
    },
    refetchInterval: () => pace(poll),
    placeholderData: keepPreviousData,
  });
}

/** A list that is read to its end a page at a time, as the reader scrolls. */
export function pages<T, P extends Page<T> = Page<T>>(
  template: string,
  params: Record<string, string>,
  query: Record<string, QueryValue>,
  limit: number,
  /** What one page is asked for besides. */
  besides: (page: { cursor: string | null }) => Record<string, QueryValue> = () => ({}),
) {
  return infiniteQueryOptions({
    queryKey: [address(template, params, query), 'pages'] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<P>(
        address(template, params, { ...query, ...besides({ cursor: pageParam }), limit, cursor: pageParam }),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: P) => page.next_cursor,
  });
}
