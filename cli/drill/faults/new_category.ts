import { type Fault, leading, pick, withFeatures } from './fault.ts';

/** A share of the rows has a category that nobody knew. */
export const new_category: Fault = {
  kind: 'new_category',
  strengths: [
    { name: '10 %', value: 0.1 },
    { name: '40 %', value: 0.4 },
  ],
  plant(grounds, share, random) {
    const column = pick(leading(grounds.categorical, grounds), random);
    if (column === undefined) return null;
    const names = random() < 0.5 ? ['unheard-of'] : ['unheard-of', 'another', 'a third'];
    return {
      columns: [column],
      change: (row) => (random() < share ? withFeatures(row, { [column]: pick(names, random)! }) : row),
    };
  },
};
