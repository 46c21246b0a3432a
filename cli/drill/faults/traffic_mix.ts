import { categoriesOf, type Fault, leading, pick } from './fault.ts';

/** One segment sends far more of the traffic than it did; within each segment nothing changed. */
export const traffic_mix: Fault = {
  kind: 'traffic_mix',
  strengths: [
    { name: 'five times', value: 5 },
    { name: 'twenty times', value: 20 },
  ],
  // It is judged over the window of the model, a day.
  takes: { faulty: 28 },
  plant(grounds, times, random) {
    const found = leading(grounds.categorical, grounds).flatMap((column) =>
      categoriesOf(grounds, column)
        .filter(([, share]) => share >= 0.05 && share <= 0.5)
        .map(([category]) => ({ column, category })),
    );
    const chosen = pick(found, random);
    if (chosen === undefined) return null;
    const { column, category } = chosen;
    return {
      columns: [column],
      keep: ({ features }) => (String(features[column]) === category ? 1 : 1 / times),
    };
  },
};
