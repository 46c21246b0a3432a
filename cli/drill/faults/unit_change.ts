import { type Fault, leading, numbersOf, pick, withFeatures } from './fault.ts';

/** A number comes in another unit: cents for euros, pounds for kilograms. */
export const unit_change: Fault = {
  kind: 'unit_change',
  strengths: [
    { name: '×2.2046', value: 2.2046 },
    { name: '×100', value: 100 },
    { name: '÷1000', value: 0.001 },
  ],
  plant(grounds, factor, random) {
    const spread = leading(grounds.numeric, grounds).filter((name) => {
      const values = numbersOf(grounds, name);
      return (
        new Set(values).size >= 5 &&
        values[Math.floor(values.length * 0.25)] !== values[Math.floor(values.length * 0.9)]
      );
    });
    const column = pick(spread, random);
    if (column === undefined) return null;
    return {
      columns: [column],
      change(row) {
        const value = row.features[column];
        return typeof value === 'number' ? withFeatures(row, { [column]: value * factor }) : row;
      },
    };
  },
};
