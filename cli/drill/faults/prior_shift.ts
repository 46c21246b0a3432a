import type { Fault } from './fault.ts';

/** One outcome becomes more frequent; who has it looks as before. */
export const prior_shift: Fault = {
  kind: 'prior_shift',
  strengths: [
    { name: 'odds 5', value: 5 },
    { name: 'odds 15', value: 15 },
  ],
  plant({ rows, task }, odds, random) {
    const labels = rows.map(({ label }) => label);
    if (task === 'regression') {
      const middle = (labels as number[]).toSorted((a, b) => a - b)[Math.floor(labels.length / 2)]!;
      const high = random() < 0.5;
      return { columns: [], keep: ({ label }) => ((label as number) > middle === high ? 1 : 1 / odds) };
    }
    const counts = Map.groupBy(labels, (label) => label);
    const rarest = [...counts].sort((a, b) => a[1].length - b[1].length)[0]![0];
    return { columns: [], keep: ({ label }) => (label === rarest ? 1 : 1 / odds) };
  },
};
