import type { Fault } from './fault.ts';

/** What turned out to be true becomes known much later than usual. */
export const label_delay: Fault = {
  kind: 'label_delay',
  strengths: [{ name: '30 buckets', value: 30 }],
  plant: (_grounds, buckets) => ({ columns: [], labelsLate: buckets }),
};
