import { type Fault, withFeatures } from './fault.ts';

/** The job that makes the features died: most of them are empty at once. */
export const pipeline_failure: Fault = {
  kind: 'pipeline_failure',
  strengths: [
    { name: '60 % of the rows', value: 0.6 },
    { name: 'all', value: 1 },
  ],
  plant({ ranked }, share, random) {
    const columns = ranked.slice(0, Math.max(2, Math.ceil(ranked.length * 0.8)));
    const empty = Object.fromEntries(columns.map((name) => [name, null]));
    return { columns, change: (row) => (random() < share ? withFeatures(row, empty) : row) };
  },
};
