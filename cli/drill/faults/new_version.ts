import type { Fault } from './fault.ts';

/** A version goes live that answers worse: what it says is the old answer, muddled. */
export const new_version: Fault = {
  kind: 'new_version',
  strengths: [
    { name: 'muddles 40 %', value: 0.4 },
    { name: 'muddles all', value: 1 },
  ],
  plant({ task, rows }, share, random) {
    const labels = rows.map(({ label }) => Number(label));
    const size =
      task === 'regression' ? labels.reduce((sum, each) => sum + Math.abs(each), 0) / labels.length : 1;
    return {
      columns: [],
      version: true,
      answer(answer) {
        if (random() >= share) return answer;
        return task === 'regression' ? answer * 0.4 + size * random() : 0.8 * random() + 0.2 * (1 - answer);
      },
    };
  },
};
