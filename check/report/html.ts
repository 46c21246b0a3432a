import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import { fairnessRows } from './fairness.ts';
import { count, duration, interval, short } from './figures.ts';
import { ABOUT_METRICS } from './html/about-metrics.ts';
import { CHARTS } from './html/charts.ts';
import { CHECK_COLUMNS } from './html/check-columns.ts';
import { COLUMNS } from './html/columns.ts';
import { cut, fitColumns, type PageColumn, type PageDetail, rounded } from './html/data.ts';
import { DETAIL } from './html/detail.ts';
import { ELEMENTS } from './html/elements.ts';
import { type PageCell, type PageSection, page } from './html/page.ts';
import { byRank, STATUS_CLASSES, STATUS_WORDS, schemaSentences, told } from './order.ts';
import { performanceGrid, wholeRemarks, wholeSentence } from './performance.ts';
import { ruleOfDrift, scoreTitle } from './score.ts';

const SCRIPT = ELEMENTS + CHARTS + DETAIL + CHECK_COLUMNS + COLUMNS;
/** Sentences of each kind on the page, at most. */
const MOST_REMARKS = 50;
const STATUSES = ['quality', 'drift', 'shift', 'ok', 'not_enough_data', 'skipped'] as const;

/** One self-contained page: verdict, searchable list, distributions on demand; under 2 MB whatever the table. */
export function htmlReport(report: CheckReport): string {
  const columns = byRank(report);
  const { rows, sources } = report;
  const passed = report.verdict === 'pass';
  const failing = columns.filter(told);
  const named = (side: 'reference' | 'current') => `${cut(sources[side])} (n = ${count(rows[side])})`;
  return page(
    {
      title: `Tiltmeter check: ${report.verdict}`,
      mark: passed ? { text: '● Pass', cls: 'good' } : { text: '■ Fail', cls: 'bad' },
      headline: `– ${cut(report.summary)}`,
      facts: [
        `${named('current')} against ${named('reference')}, ${duration(report.duration_ms)}`,
        ruleOfDrift(report),
      ],
      remarks: [...few(schemaSentences(report)), ...few(report.notes)],
      sections: sections(report),
      plain: few(failing.map(({ name, reasons }) => `${cut(name)}: ${cut(reasons.join('; '))}`)),
    },
    {
      sides: [
        { title: 'reference', n: rows.reference },
        { title: 'current', n: rows.current },
      ],
      statuses: STATUSES.map((status) => [
        status,
        STATUS_WORDS[status].mark,
        STATUS_WORDS[status].word,
        STATUS_CLASSES[status],
      ]),
      firstOpen: ['quality', 'drift', 'shift'],
      scoreTitle: scoreTitle(report),
      ...fitColumns(columns.map(rowOf), (i) => detailOf(columns[i]!)),
    },
    SCRIPT,
  );
}

function rowOf({ name, type, status, reasons, missing, score }: CheckColumn): PageColumn {
  const facts =
    score === null
      ? null
      : [
          rounded(score.value),
          rounded(score.low),
          rounded(score.high),
          score.threshold,
          score.q === undefined ? null : rounded(score.q, 3),
          ...(score.id === 'js_distance_base2' && score.reason === undefined
            ? []
            : [score.id, score.reason ?? null]),
        ];
  return [
    cut(name),
    type,
    status,
    reasons.map((reason) => cut(reason)),
    [rounded(missing.reference), rounded(missing.current)],
    facts,
  ];
}

function detailOf({ bins, histogram, summary, tests }: CheckColumn): PageDetail | null {
  if (bins.length === 0) return null;
  return {
    bars: histogram
      ? {
          edges: histogram.edges,
          scale: histogram.scale,
          counts: [histogram.reference, histogram.current],
        }
      : null,
    bins: bins.map(({ label, kind, reference, current }) => [cut(label, 120), kind, reference, current]),
    summary: (['mean', 'std', 'min', 'max', 'distinct'] as const)
      .filter((name) => summary[name].reference !== null || summary[name].current !== null)
      .map((name) => [
        name === 'std' ? 'std (population)' : name,
        rounded(summary[name].reference, 6),
        rounded(summary[name].current, 6),
      ]),
    tests: Object.entries(tests).map(([id, { value, statistic, p, reason }]) => {
      const shown = reason?.replaceAll('_', ' ') ?? rounded(value ?? statistic ?? null);
      return p === undefined ? [id, shown] : [id, shown, Number(p.toPrecision(3))];
    }),
  };
}

function sections(report: CheckReport): PageSection[] {
  const { worst_segments, reasons } = report.performance;
  const [head, ...metrics] = performanceGrid(report);
  const whole = wholeSentence(report);
  const fairness = fairnessRows(report);
  return [
    ...(head === undefined
      ? []
      : [
          {
            title: 'Performance, with 95 % intervals',
            head: [...head, 'what it is'],
            rows: metrics.map((row) => metricRow(report, row)),
            words: true,
          },
        ]),
    ...(reasons.length > 0
      ? [{ title: 'Performance, in words', text: cut(`${reasons.join('. ')}.`, 2000) }]
      : []),
    ...(worst_segments.length > 0
      ? [
          {
            title: 'Worst segments of the current table; intervals widened for how many were looked at',
            head: ['segment', 'n', 'metric', 'value (interval)', 'overall'],
            rows: worst_segments
              .slice(0, 20)
              .map((each) => [
                cut(each.segment),
                count(each.n),
                each.metric,
                interval(each),
                short(each.overall),
              ]),
          },
        ]
      : []),
    ...(fairness.length > 0
      ? [
          {
            title: 'Fairness in the current table, with 95 % intervals',
            head: ['attribute', 'measure', 'value (interval)', 'limit', 'between', 'verdict'],
            rows: fairness.map((row) => row.map((cell) => cut(cell))),
            words: true,
          },
        ]
      : []),
    ...(whole === null
      ? []
      : [
          {
            title: 'All columns together',
            text: cut(
              [whole.replace(/^all columns together: /, ''), ...wholeRemarks(report).map(({ text }) => text)]
                .map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`)
                .join(' '),
              2000,
            ),
          },
        ]),
  ];
}

/** A metric with what it is; its change is red where it is one of those that the verdict says are worse. */
function metricRow({ performance }: CheckReport, row: readonly string[]): PageCell[] {
  const [name = '', ...cells] = row;
  const worse =
    performance.degraded &&
    performance.reasons.some((reason) =>
      [`${name} fell from `, `${name} rose from `].some((start) => reason.startsWith(start)),
    );
  const change = cells.length - 1;
  const shown = cells.map(
    (text, i): PageCell => (worse && i === change ? { text: `■ ${text}`, cls: 'bad' } : text),
  );
  return [name, ...shown, ABOUT_METRICS[name] ?? ''];
}

function few(sentences: readonly string[]): string[] {
  const shown = sentences.slice(0, MOST_REMARKS).map((sentence) => cut(sentence));
  return sentences.length > MOST_REMARKS
    ? [...shown, `… and ${count(sentences.length - MOST_REMARKS)} more; the JSON report has all`]
    : shown;
}
