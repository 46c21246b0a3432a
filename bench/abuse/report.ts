import type { Seen } from './beside.ts';

export const MOST_TIMES = 2;

export interface Measured {
  readonly name: string;
  /** While it went on, all rounds together. */
  readonly beside: Seen;
  /** The p99 of each round, ms. */
  readonly rounds: readonly number[];
  /** What the abuser got, by status. */
  readonly answers: Readonly<Record<string, number>>;
}

export interface Run {
  /** Predictions of a request, and in a second. */
  readonly rows: number;
  readonly rate: number;
  readonly cores: number;
  readonly seconds: number;
  /** Abuses that there are. */
  readonly of: number;
  readonly acknowledged: number;
  readonly predictions: number;
  readonly peakBytes: number;
  /** The same, what both share once. */
  readonly sharedPeakBytes: number;
  readonly ownPeakBytes: number;
  readonly anonymousPeakBytes: number;
  readonly minutes: number;
  /** Alone: before the first abuse, and in all windows between two. */
  readonly untouched: Seen;
  readonly between: Seen;
  /** The p99 of each window between two, ms: what of them is above the line is the machine's own. */
  readonly windows: readonly number[];
  readonly measured: readonly Measured[];
}

/** What a run says, as Markdown: an abuse held when nothing was refused and the p99 beside it is below twice that of the sender alone. */
export function report(run: Run): string {
  const n = (value: number) => Math.round(value).toLocaleString('en');
  const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  const alone = Math.min(run.untouched.p99, run.between.p99);
  const lines = run.measured.map(({ name, beside, rounds, answers }) => {
    const times = beside.p99 / alone;
    const cells = [
      name,
      `${n(beside.p99)} ms`,
      times.toFixed(1),
      rounds.map(n).join(', '),
      beside.bad.length === 0 ? '0' : `${beside.bad.length}: ${[...new Set(beside.bad)].join(', ')}`,
      Object.entries(answers)
        .map(([status, count]) => `${n(count)} × ${status}`)
        .join(', '),
    ];
    return { held: beside.bad.length === 0 && times < MOST_TIMES, text: `| ${cells.join(' | ')} |` };
  });
  const restless = run.windows.filter((p99) => p99 >= MOST_TIMES * alone).length;
  const requests = run.measured.map((each) => each.beside.n).toSorted((a, b) => a - b);
  return `## Abuse (\`npm run bench:abuse\`)

An honest sender of ${run.rows} predictions a request at ${n(run.rate)} predictions a second, half of what ${run.cores} cores took in full of such requests, beside each of ${lines.length} of ${run.of} abuses of ${run.seconds} s a round. Alone its p99 was ${n(run.untouched.p99)} ms before the first abuse (${n(run.untouched.n)} requests) and ${n(run.between.p99)} ms in all windows between two (${n(run.between.n)}; ${run.between.bad.length} refused): "times" is of the lower one. A p99 beside is of ${n(requests[requests.length >> 1] ?? 0)} requests. Abusers have the lowest priority of the machine: they stand for other machines.

| beside | p99 | times | each round, ms | refused | what the abuser got |
|---|---:|---:|---:|---:|---|
${lines.map(({ text }) => text).join('\n')}

${lines.filter(({ held }) => held).length} of ${lines.length} below twice the p99 alone with nothing refused; of ${n(run.windows.length)} windows with nobody beside it ${n(restless)} were above that, too. Acknowledged ${n(run.acknowledged)} predictions, stored ${n(run.predictions)}: ${n(run.acknowledged - run.predictions)} lost. Memory at its peak, server and lake host: ${mb(run.sharedPeakBytes)} (the text of Node, which both share, counted twice: ${mb(run.peakBytes)}); server alone ${mb(run.ownPeakBytes)}; without the text of programs, which the system drops when it needs room, ${mb(run.anonymousPeakBytes)}. ${Math.round(run.minutes)} minutes.
`;
}
