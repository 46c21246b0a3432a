import { remembered } from '../time/remembered.ts';

export type Refresh = '15s' | '1min' | 'off';

/** How often pages ask again, as the reader chose on this machine. */
export const refresh = remembered<Refresh>('tiltmeter-refresh', ['15s', '1min', 'off']);

/**
 * When a query that would ask every `ms` asks again: never while refreshing is off, at most once a minute if so chosen.
 * `pace(15_000, '1min')` → 60000; `pace(15_000, 'off')` → false
 */
export function pace(ms: number, chosen: Refresh = refresh.get()): number | false {
  if (chosen === 'off') return false;
  return chosen === '1min' ? Math.max(ms, 60_000) : ms;
}
