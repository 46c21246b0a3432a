import { type Fault, leading, numbersOf, pick } from './fault.ts';

/** The same inputs have other outcomes now, in a part of the world. */
export const concept_shift: Fault = {
  kind: 'concept_shift',
  strengths: [
    { name: 'a third of the rows', value: 0.33 },
    { name: 'two thirds', value: 0.67 },
  ],
  plant(grounds, share, random) {
    const column = pick(leading(grounds.numeric, grounds), random);
    if (column === undefined) return null;
    const labels = [...new Set(grounds.rows.map(({ label }) => label))];
    const values = numbersOf(grounds, column);
    const edge = values[Math.floor((1 - share) * (values.length - 1))]!;
    return {
      columns: [],
      change(row) {
        const value = row.features[column];
        if (typeof value !== 'number' || value < edge) return row;
        if (grounds.task === 'regression') return { ...row, label: Number(row.label) * 2.2 };
        return { ...row, label: labels.find((label) => label !== row.label)! };
      },
    };
  },
};
