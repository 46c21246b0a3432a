import type { Lake } from './lake.ts';

const asking = new WeakMap<Lake, Map<string, Promise<unknown>>>();

/**
 * The answer of one reading for all who ask while it is read: what many may ask, as often as they like, costs the store one question at a time. It may be as
 * old as that reading takes. Plain data, shared: nobody may change it.
 * Example: `await askedTogether(lake, 'room', () => readRoom(lake))`
 */
export function askedTogether<Answer>(
  lake: Lake,
  what: string,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const own = asking.get(lake) ?? new Map<string, Promise<unknown>>();
  asking.set(lake, own);
  const begun = own.get(what) as Promise<Answer> | undefined;
  if (begun !== undefined) return begun;
  const answer = read().finally(() => own.delete(what));
  own.set(what, answer);
  return answer;
}
