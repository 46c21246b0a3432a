import type { Fault } from './fault.ts';

/** A caller was lost, or sends everything several times. */
export const volume_change: Fault = {
  kind: 'volume_change',
  strengths: [
    { name: 'a tenth', value: 0.1 },
    { name: 'eight times', value: 8 },
  ],
  // What is usual on a day of the week, two weeks have shown.
  takes: { clean: 15 * 24 },
  plant: (_grounds, volume) => ({ columns: [], volume }),
};
