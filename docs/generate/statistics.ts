import type { Comparison } from '../../stats/comparison.ts';
import { COMPARISONS } from '../../stats/comparisons/index.ts';
import { METRICS, metricPage } from './metrics.ts';

const MADE = '<!-- Made by "npm run docs" from stats/comparisons/. -->';

const ACCEPTS = {
  counts: 'counts on bins frozen from the reference: numbers and categories',
  two_counts: 'counts on two bins: two categories, or missing against present',
  numbers: 'numbers, raw or on the grid',
} as const;

/** The page of one comparison: all of it from its definition. */
function comparisonPage({ id, version, title, formula, range, edges, source, accepts }: Comparison): string {
  return `# ${title}

${MADE}

Definition \`${id}@${version}\`. Accepts ${ACCEPTS[accepts]}.

**Value**: ${formula}. r: shares of the reference (m observations), c: shares of the current window (n observations).

**Range**: ${end(range[0], '−∞')} to ${end(range[1], '∞')}.

**Edge cases**: ${edges} A side without observations has no value but a reason, \`not_enough_data\`.

**Source**: ${source}.
`;
}

function end(bound: number | null, unbounded: string): string {
  return bound === null ? unbounded : String(Number(bound.toFixed(4)));
}

function index(): string {
  const lines = COMPARISONS.map(
    ({ id, version, title, accepts, range }) =>
      `| [${title}](${id}.md) | \`${id}@${version}\` | ${accepts.replace('_', ' ')} | ${end(range[0], '−∞')} to ${end(range[1], '∞')} |`,
  );
  return `# Statistics

${MADE}

How a window is compared with its reference. The first is the default for every column; the others are there because people
know them and must be able to reproduce the numbers of other tools. The definition and its version are stored with every value.

| comparison | definition | accepts | range |
|---|---|---|---|
${lines.join('\n')}

## Performance, quality, estimates, fairness, many columns, many looks, streams

| metric | accepts | range |
|---|---|---|
${METRICS.map(({ id, title, accepts, range }) => `| [${title}](${id}.md) | ${accepts} | ${range} |`).join('\n')}

## Beside them

All of it is pure functions without dependencies, which run in the browser too. A result is a value or a named reason
(\`not_enough_data\`, \`constant\`, \`single_class\`, \`undefined_ratio\` …), never NaN. Expected values come from
independent implementations; the scripts that made them lie beside the numbers in \`stats/fixtures/\`.

| what | where |
|---|---|
${BESIDE.map(([what, where]) => `| ${what} | \`${where}\` |`).join('\n')}
`;
}

const BESIDE = [
  ['grid of a numeric column; quantiles and mean from it', 'stats/asinh-grid.ts'],
  ['bins frozen from a reference; the drift score on them', 'stats/drift-score.ts'],
  ['shares, counts, means and quantiles with their intervals', 'stats/intervals/'],
  [
    'quality of predictions, from additive counts and from raw rows: binary, multiclass, regression, ranking',
    'stats/performance/',
  ],
  ['quality of data: duplicates, stuck values, cardinality, correlations, constraints', 'stats/quality/'],
  ['performance without labels under covariate shift', 'stats/estimation/'],
  ['changes in a stream, one value at a time: CUSUM, Page–Hinkley, ADWIN, KSWIN', 'stats/online/'],
  [
    'what is unusual in a series: surprise, forecast, change points, isolation forest, suggested thresholds',
    'stats/anomaly/',
  ],
  ['error control over many columns: Benjamini–Hochberg, Benjamini–Yekutieli', 'stats/multiple-testing.ts'],
  ['evidence that may be looked at any time: means, shares, shifts of two streams', 'stats/sequential/'],
  [
    'shifts of many columns together: MMD, domain classifier, PCA reconstruction, mean embeddings',
    'stats/multivariate/',
  ],
  ['rates and calibration per group, the gaps between them and how they change', 'stats/fairness/'],
  ['calibration of scores, and performance estimated without labels', 'stats/calibration/'],
  ['gradient-boosted trees on histograms', 'stats/trees/boosted-trees.ts'],
] as const;

/** The pages of all comparisons and the table that lists them. */
export const STATISTICS_PAGES: readonly (readonly [path: string, text: string])[] = [
  ['docs/stats/README.md', index()],
  ...METRICS.map((metric) => [`docs/stats/${metric.id}.md`, metricPage(metric)] as const),
  ...COMPARISONS.map((comparison) => [`docs/stats/${comparison.id}.md`, comparisonPage(comparison)] as const),
];
