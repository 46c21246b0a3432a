import type { Fault } from './fault.ts';

/** The service is asked more than it can answer: it gets slow, and some requests fail. */
export const infrastructure_saturation: Fault = {
  kind: 'infrastructure_saturation',
  strengths: [
    { name: '×3 latency', value: 3 },
    { name: '×12 latency', value: 12 },
  ],
  plant: (_grounds, times, random) => ({
    columns: [],
    volume: 1.6,
    change: (row) => ({
      ...row,
      latencyMs: row.latencyMs * times * (0.5 + random()),
      error: random() < 0.02 * times ? 'Timeout: no worker was free' : row.error,
    }),
  }),
};
