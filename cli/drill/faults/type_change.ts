import { type Fault, leading, pick, withFeatures } from './fault.ts';

/** Numbers come as text that is none: `12,50 EUR`. */
export const type_change: Fault = {
  kind: 'type_change',
  strengths: [
    { name: '20 %', value: 0.2 },
    { name: 'all', value: 1 },
  ],
  plant(grounds, share, random) {
    const column = pick(leading(grounds.numeric, grounds), random);
    if (column === undefined) return null;
    return {
      columns: [column],
      change: (row) =>
        random() < share ? withFeatures(row, { [column]: `${row.features[column]} units` }) : row,
    };
  },
};
