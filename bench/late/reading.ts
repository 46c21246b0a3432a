import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../scale/served.ts';

const PAUSE_MS = 250;

/** Somebody who looks at the fleet, a model and its quality, one after the other; ended, it tells how many milliseconds each answer took; for ever, where it was refused. */
export function reading(address: string, models: readonly string[]): () => Promise<number[]> {
  const took: number[] = [];
  let ended = false;
  async function read(): Promise<void> {
    for (let i = 0; !ended; i++) {
      const model = `/api/v1/models/${models[i % models.length]}`;
      for (const path of ['/api/v1/models?limit=100', model, `${model}/quality`]) {
        const began = performance.now();
        // One that is refused for lack of time was waited for in vain.
        const answered = await call(address, 'GET', path).then(
          () => true,
          () => false,
        );
        took.push(answered ? performance.now() - began : Number.POSITIVE_INFINITY);
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
