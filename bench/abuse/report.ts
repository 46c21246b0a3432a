import type { Seen } from './beside.ts';

const MOST_TIMES = 2;

export interface Measured {
  readonly name: string;
  readonly alone: Seen;
  readonly beside: Seen;
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
  readonly ownPeakBytes: number;
  readonly minutes: number;
  readonly measured: readonly Measured[];
}

/** What a run says, as Markdown: an abuse held when nothing was refused and the middle of its ratios is below twice. */
export function report(run: Run): string {
  const n = (value: number) => Math.round(value).toLocaleString('en');
  const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  const lines = [...Map.groupBy(run.measured, ({ name }) => name)].map(([name, own]) => {
    const ratios = own.map(({ alone, beside }) => beside.p99 / alone.p99);
    const times = median(ratios);
    const bad = own.flatMap(({ alone, beside }) => [...alone.bad, ...beside.bad]);
    const cells = [
      name,
      `${n(median(own.map(({ alone }) => alone.p99)))} ms`,
      `${n(median(own.map(({ beside }) => beside.p99)))} ms`,
      `${times.toFixed(1)} (${ratios.map((each) => each.toFixed(1)).join(', ')})`,
      bad.length === 0 ? '0' : `${bad.length}: ${[...new Set(bad)].join(', ')}`,
      Object.entries(own.at(-1)!.answers)
        .map(([status, count]) => `${n(count)} × ${status}`)
        .join(', '),
    ];
    return { held: bad.length === 0 && times < MOST_TIMES, text: `| ${cells.join(' | ')} |` };
  });
  const requests = {
    alone: median(run.measured.map(({ alone }) => alone.n)),
    beside: median(run.measured.map(({ beside }) => beside.n)),
  };
  return `## Abuse (\`npm run bench:abuse\`)

An honest sender of ${run.rows} predictions a request at ${n(run.rate)} predictions a second, half of what ${run.cores} cores took in full of such requests, beside each of ${lines.length} of ${run.of} abuses of ${run.seconds} s. A p99 alone is of ${n(requests.alone)} requests, half of them before the abuse and half behind it, one beside of ${n(requests.beside)}; "times" is the middle of the rounds in brackets. Abusers have the lowest priority of the machine: they stand for other machines.

| beside | p99 alone | p99 beside | times | refused | what the abuser got |
|---|---:|---:|---:|---:|---|
${lines.map(({ text }) => text).join('\n')}

${lines.filter(({ held }) => held).length} of ${lines.length} below twice the p99 alone with nothing refused. Acknowledged ${n(run.acknowledged)} predictions, stored ${n(run.predictions)}: ${n(run.acknowledged - run.predictions)} lost. Memory at its peak, server and lake host: ${mb(run.peakBytes)}; server alone ${mb(run.ownPeakBytes)}. ${Math.round(run.minutes)} minutes.
`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
