import { categoriesOf, type Fault, leading, pick, withFeatures } from './fault.ts';

/** One category is sent under another name: GB for UK. */
export const category_renamed: Fault = {
  kind: 'category_renamed',
  strengths: [
    { name: 'a rare one', value: 0.12 },
    { name: 'a frequent one', value: 0.3 },
  ],
  plant(grounds, wanted, random) {
    const found = leading(grounds.categorical, grounds).flatMap((column) => {
      const near = categoriesOf(grounds, column)
        .filter(([, share]) => share >= 0.1)
        .sort((a, b) => Math.abs(a[1] - wanted) - Math.abs(b[1] - wanted))[0];
      return near === undefined ? [] : [{ column, category: near[0] }];
    });
    const chosen = pick(found, random);
    if (chosen === undefined) return null;
    const { column, category } = chosen;
    return {
      columns: [column],
      change: (row) =>
        String(row.features[column]) === category ? withFeatures(row, { [column]: `${category}-2` }) : row,
    };
  },
};
