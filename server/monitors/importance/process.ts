import { type Bounds, inProcess } from '../in-process.ts';
import type { LoggedSample, Surrogate } from './surrogate.ts';

/** `fitSurrogate` in a process of its own, since fitting takes seconds of a processor. Rejects as `inProcess` does. */
export function surrogateInProcess(sample: LoggedSample, bounds?: Bounds): Promise<Surrogate | null> {
  return inProcess(new URL('./child.ts', import.meta.url), sample, 'learning importance', bounds);
}
