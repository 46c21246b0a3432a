import { isTooLarge } from '../../store/lake/in-parts.ts';

/** Event time from `from` up to `to`, epoch milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const FIRST_MS = 86_400_000;

/**
 * Asks about a range window by window, from its newer end on or from its older one, until an answer is enough: each
 * window twice as long as the one before it, and half as long from where on one was too much for one statement.
 * Errors: those of `ask`; query_too_large when one millisecond is too much.
 */
export async function throughWindows(
  { from, to }: Window,
  direction: 'asc' | 'desc',
  ask: (window: Window) => Promise<boolean>,
): Promise<void> {
  let [low, high, width, grows] = [from, to, FIRST_MS, true];
  while (low < high) {
    const window =
      direction === 'desc'
        ? { from: Math.max(low, high - width), to: high }
        : { from: low, to: Math.min(high, low + width) };
    const length = window.to - window.from;
    try {
      if (await ask(window)) return;
    } catch (error) {
      if (!isTooLarge(error) || length <= 1) throw error;
      [width, grows] = [Math.ceil(length / 2), false];
      continue;
    }
    if (direction === 'desc') high = window.from;
    else low = window.to;
    if (grows) width *= 2;
  }
}
