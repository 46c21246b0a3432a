import { random } from '../../stats/random.ts';
import { type Canary, canary, fixedSize, LOOK, SMALLEST } from '../../stats/sequential/canary.testing.ts';

const RIGHT = [
  [0.9, 0.9],
  [0.7, 0.7],
  [0.99, 0.99],
  [0.9, 0.91],
  [0.7, 0.71],
  [0.9, 0.89],
  [0.9, 0.905],
  [0.9, 0.92],
  [0.9, 0.94],
] as const;

/** Prints how often a verdict is false, and how soon a true difference is told, as Markdown. */
export function sequential(runs: number): void {
  console.log(
    `\n## Sequential verdict\n\n${runs.toLocaleString('en-US')} simulated canaries a line, looked at after every ${LOOK} rows of each side, tuned to a difference of 1 point.\n`,
  );
  console.log(
    '| accuracy, baseline → canary | "better" | "worse" | right within 1 × fixed size | within 1.5 × | rows when decided, median | mean |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const [before, after] of RIGHT) console.log(line(before, after, runs));
}

/** Without a difference a canary goes on for five times what a test of one point needs. */
function line(before: number, after: number, runs: number): string {
  const next = random(2026 + Math.round(1000 * (before + after)));
  const same = before === after;
  const fixed = fixedSize(before, same ? Math.min(0.999, before + SMALLEST) : after);
  const all = Array.from({ length: runs }, () => canary(before, after, 5 * fixed, next));
  const share = (is: (one: Canary) => boolean) => `${((100 * all.filter(is).length) / runs).toFixed(2)} %`;
  const truth = after > before ? 'better' : 'worse';
  const within = (times: number) =>
    same ? '–' : share(({ said, rows }) => said === truth && rows <= times * fixed);
  const rows = all.map((one) => one.rows / fixed).sort((a, b) => a - b);
  const size = (value: number) => (same ? '–' : `${value.toFixed(2)} ×`);
  const cells = [
    `${before} → ${after}`,
    share(({ said }) => said === 'better'),
    share(({ said }) => said === 'worse'),
    ...[within(1), within(1.5)],
    ...[size(rows[Math.floor(runs / 2)]!), size(rows.reduce((sum, x) => sum + x, 0) / runs)],
  ];
  return `| ${cells.join(' | ')} |`;
}
