import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../scale.ts';
import { lines, send } from './fill.ts';
import { call } from './served.ts';

const EVERY_MS = 500;
const MODEL = 'besides';

/** Somebody else who looks at the fleet, and sends, while something large goes on. */
export function besides(address: string): { stop(): Promise<Figure[]> } {
  const read: number[] = [];
  const stored: number[] = [];
  let stopped = false;
  const timed = async (into: number[], ask: () => Promise<unknown>) => {
    while (!stopped) {
      const began = performance.now();
      await ask();
      into.push(performance.now() - began);
      await sleep(EVERY_MS);
    }
  };
  let sent = 0;
  const rows = () => {
    const at = Date.now();
    return lines(
      MODEL,
      5,
      100,
      () => `${at}-${sent++}`,
      () => at,
    );
  };
  const all = Promise.all([
    timed(read, () => call(address, 'GET', '/api/v1/models?limit=100')),
    timed(stored, () => send(address, 'predictions', rows())),
  ]);
  return {
    async stop() {
      stopped = true;
      await all;
      return [
        { what: 'meanwhile: the fleet is opened, p95 ms', ...atOf(read) },
        { what: 'meanwhile: 100 predictions are stored, p95 ms', ...atOf(stored) },
      ];
    },
  };
}

function atOf(took: number[]): Pick<Figure, 'value' | 'yardstick' | 'of'> {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { value: at(0.95), yardstick: at(0.5), of: 'p50, ms' };
}
