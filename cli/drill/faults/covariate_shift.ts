import { type Fault, leading, numbersOf, pick } from './fault.ts';

/** Other people are asked about: those with large numbers in one column are more likely, and whatever goes with that. */
export const covariate_shift: Fault = {
  kind: 'covariate_shift',
  strengths: [
    { name: 'odds 4', value: 4 },
    { name: 'odds 12', value: 12 },
  ],
  // It is judged over the window of the model, a day.
  takes: { faulty: 28 },
  plant(grounds, odds, random) {
    const spread = leading(grounds.numeric, grounds).filter(
      (name) => new Set(numbersOf(grounds, name)).size >= 10,
    );
    const column = pick(spread, random);
    if (column === undefined) return null;
    const values = numbersOf(grounds, column);
    const rank = (value: number) => values.findIndex((each) => each >= value) / values.length;
    const down = random() < 0.5;
    return {
      columns: [column],
      keep({ features }) {
        const value = features[column];
        if (typeof value !== 'number') return 1 / odds;
        const place = rank(value) < 0 ? 1 : rank(value);
        return odds ** -(down ? place : 1 - place);
      },
    };
  },
};
