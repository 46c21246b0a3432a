import type { Fault } from './fault.ts';

/** A caller was lost, or sends everything several times. */
export const volume_change: Fault = {
  kind: 'volume_change',
  strengths: [
    { name: 'a fifth', value: 0.2 },
    { name: 'four times', value: 4 },
  ],
  plant: (_grounds, volume) => ({ columns: [], volume }),
};
