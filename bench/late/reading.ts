import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../scale/served.ts';

const PAUSE_MS = 250;

/** Somebody who looks at the fleet, a model and its quality, one after the other; ended, it tells how many milliseconds each answer took. */
export function reading(address: string, models: readonly string[]): () => Promise<number[]> {
  const took: number[] = [];
  let ended = false;
  async function read(): Promise<void> {
    for (let i = 0; !ended; i++) {
      const model = `/api/v1/models/${models[i % models.length]}`;
      for (const path of ['/api/v1/models?limit=100', model, `${model}/quality`]) {
        const began = performance.now();
        await call(address, 'GET', path);
        took.push(performance.now() - began);
        await sleep(PAUSE_MS);
      }
    }
  }
  const done = read();
  return async () => {
    ended = true;
    await done;
    return took;
  };
}
