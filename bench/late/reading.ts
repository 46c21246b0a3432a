import { call } from '../scale/served.ts';

/** The k-th page of somebody who looks at the fleet, a model and its quality, one after the other: milliseconds; for ever, where it was refused. */
export async function readPage(address: string, models: readonly string[], k: number): Promise<number> {
  const model = `/api/v1/models/${models[k % models.length]}`;
  const path = ['/api/v1/models?limit=100', model, `${model}/quality`][k % 3]!;
  const began = performance.now();
  try {
    await call(address, 'GET', path);
    return performance.now() - began;
  } catch {
    // One that is refused for lack of time was waited for in vain.
    return Number.POSITIVE_INFINITY;
  }
}
