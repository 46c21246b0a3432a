import type { Slice } from '../../../stats/slices/find-slices.ts';
import type { LabelledSample } from '../../profiles/labels/labelled-sample.ts';
import { type Bounds, inProcess } from '../in-process.ts';

/** `findSlices` in a process of its own, since a search takes seconds of a processor. Rejects as `inProcess` does. */
export function slicesInProcess(sample: LabelledSample, bounds?: Bounds): Promise<Slice[]> {
  return inProcess(new URL('./child.ts', import.meta.url), sample, 'the search for slices', bounds);
}
