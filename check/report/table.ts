import pc from 'picocolors';
import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import { plural } from '../summary.ts';
import { count, duration } from './figures.ts';
import type { ReportStyle } from './index.ts';
import { byRank, failed, STATUS_WORDS, schemaSentences, told } from './order.ts';
import { ruleOfDrift, scoreText, scoreTitle, usualThreshold } from './score.ts';
import { sparklines } from './sparkline.ts';
import { type Layout, layoutOf, missingText, typicalText } from './table-layout.ts';
import { performanceLines } from './table-performance.ts';
import { clip, indented, padded, places, plain, wrap } from './text.ts';

/** Columns that do not fail, at most: the rest is one line. */
const SHOWN_OK = 30;
const SHOWN_FAILING = 100;
const NAMED = 4;

/** Words that are too long for the column. */
const SHORT: Partial<Record<CheckColumn['status'], string>> = { shift: 'moved', not_enough_data: 'too few' };

type Paint = ReturnType<typeof pc.createColors>;

/** The report for a terminal: the verdict, a line for each column, under each that fails the sentence why. */
export function tableReport(report: CheckReport, style: ReportStyle): string {
  const paint = pc.createColors(style.colour);
  const width = Math.max(70, style.width);
  const columns = byRank(report);
  const failing = columns.filter(told);
  const fine = columns.filter(({ status }) => status === 'ok' || status === 'not_enough_data');
  const room = failing.length > SHOWN_OK ? 10 : SHOWN_OK;
  const shown = [...failing.slice(0, SHOWN_FAILING), ...fine.slice(0, room)];
  const lines = [...verdict(report, paint, width), ...notes(report, paint, width), ''];
  if (shown.length > 0) lines.push(...rows(report, shown, paint, width));
  lines.push(...hidden(columns, shown, paint, width));
  lines.push(...performanceLines(report, paint, width));
  lines.push('', ...indented(ruleOfDrift(report), width, '  ').map(paint.dim));
  return lines.join('\n');
}

function verdict(report: CheckReport, paint: Paint, width: number): string[] {
  const mark =
    report.verdict === 'pass' ? paint.bold(paint.green('● PASS')) : paint.bold(paint.red('■ FAIL'));
  const [first, ...more] = wrap(plain(report.summary), width - 8);
  return [
    `${mark}  ${paint.bold(first ?? '')}`,
    ...more.map((line) => `        ${paint.bold(line)}`),
    ...tables(report, width).map((line) => paint.dim(`        ${line}`)),
  ];
}

/** Which tables were compared, in one line where it fits. */
function tables({ sources, rows, duration_ms }: CheckReport, width: number): string[] {
  const named = (side: 'reference' | 'current') => `${plain(sources[side])}, n = ${count(rows[side])}`;
  const took = duration(duration_ms);
  const one = `${named('current')}, against ${named('reference')}; ${took}`;
  if (places(one) <= width - 8) return [one];
  const line = (side: 'reference' | 'current', more: string) => {
    const rest = `, n = ${count(rows[side])}${more}`;
    return `${side.padEnd(9)}  ${clipStart(plain(sources[side]), width - 19 - rest.length)}${rest}`;
  };
  return [line('current', `; ${took}`), line('reference', '')];
}

/** The end of a path says more than its beginning. */
function clipStart(text: string, most: number): string {
  const reversed = [...text].reverse().join('');
  return places(text) <= most ? text : [...clip(reversed, most)].reverse().join('');
}

function notes(report: CheckReport, paint: Paint, width: number): string[] {
  const schema = schemaSentences(report);
  const lines = [
    ...schema.slice(0, 30).map((sentence) => `  ${paint.yellow('▲')} ${plain(sentence)}`),
    ...(schema.length > 30
      ? [paint.dim(`  … and ${count(schema.length - 30)} more changes of columns`)]
      : []),
    ...report.notes.flatMap((note) => indented(plain(note), width, '  ').map(paint.dim)),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}

function rows(report: CheckReport, shown: readonly CheckColumn[], paint: Paint, width: number): string[] {
  const usual = usualThreshold(report);
  const scores = new Map(shown.map((column) => [column, scoreText(column.score, usual)]));
  const layout = layoutOf(shown, [...scores.values()], scoreTitle(report), width);
  const head = line(layout, {
    name: 'column',
    status: 'status',
    type: 'type',
    score: scoreTitle(report),
    missing: 'missing',
    typical: 'typical',
    reference: 'reference',
    current: 'current',
  });
  return [
    paint.dim(head),
    ...shown.flatMap((column) => [
      row(column, scores.get(column)!, layout, paint),
      ...(told(column)
        ? indented(`${plain(column.reasons.join('; '))}.`, width, '      ').map(
            (sentence, i) => `${i === 0 ? `    ${paint.dim('└')} ` : '      '}${sentence.slice(6)}`,
          )
        : []),
    ]),
  ];
}

function row(column: CheckColumn, score: string, layout: Layout, paint: Paint): string {
  const { mark, word } = STATUS_WORDS[column.status];
  const colour =
    { quality: paint.red, drift: paint.yellow, shift: paint.cyan, ok: paint.green }[column.status as 'ok'] ??
    paint.dim;
  const [reference, current] = sparklines(column, layout.spark);
  return line(
    layout,
    {
      name: plain(column.name),
      status: `${mark} ${SHORT[column.status] ?? word}`,
      type: column.type,
      score,
      missing: missingText(column),
      typical: typicalText(column),
      reference,
      current,
    },
    {
      name: failed(column) ? paint.bold : String,
      status: colour,
      type: paint.dim,
      reference: paint.dim,
      current: failed(column) ? colour : String,
    },
  );
}

type Cells = Record<
  'name' | 'status' | 'type' | 'score' | 'missing' | 'typical' | 'reference' | 'current',
  string
>;

function line(
  layout: Layout,
  cells: Cells,
  paint: Partial<Record<keyof Cells, (text: string) => string>> = {},
) {
  const { spark, ...widths } = layout;
  const cell = (name: keyof Cells, width: number) =>
    width === 0 ? [] : [(paint[name] ?? String)(padded(cells[name], width))];
  return `  ${[
    ...(['name', 'status', 'type', 'score', 'missing', 'typical'] as const).flatMap((name) =>
      cell(name, widths[name]),
    ),
    ...cell('reference', spark),
    (paint.current ?? String)(clip(cells.current, spark)),
  ].join('  ')}`.trimEnd();
}

/** What is not in the table, in a line for each status. */
function hidden(
  columns: readonly CheckColumn[],
  shown: readonly CheckColumn[],
  paint: Paint,
  width: number,
): string[] {
  const seen = new Set(shown);
  const rest = columns.filter((column) => !seen.has(column));
  const of = (test: (column: CheckColumn) => boolean) => rest.filter(test);
  const failing = of(failed);
  const small = of(({ status }) => status === 'shift');
  const ok = of(({ status }) => status === 'ok');
  const few = of(({ status }) => status === 'not_enough_data');
  const skipped = of(({ status }) => status === 'skipped');
  const named = skipped
    .slice(0, NAMED)
    .map(({ name, reasons }) => `${plain(name).slice(0, 40)} (${reasons[0] ?? ''})`)
    .join(', ');
  return [
    failing.length > 0
      ? `… ${plural(failing.length, 'more column')} failed; the HTML and JSON reports have all`
      : '',
    small.length > 0 ? `△ ${plural(small.length, 'more column')} moved, small` : '',
    ok.length > 0 ? `● ${plural(ok.length, 'more column')} ok` : '',
    few.length > 0 ? `◌ ${plural(few.length, 'more column')} with too little data` : '',
    skipped.length > 0
      ? `○ ${count(skipped.length)} not compared: ${named}${skipped.length > NAMED ? ', …' : ''}`
      : '',
  ]
    .filter(Boolean)
    .flatMap((text) => indented(text, width, '  ').map(paint.dim));
}
