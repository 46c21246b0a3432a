import pc from 'picocolors';
import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import type { ReportStyle } from './index.ts';
import { byRank, failed, STATUS_WORDS, schemaSentences } from './order.ts';
import { scoreText, scoreTitle } from './score.ts';
import { sparkline } from './sparkline.ts';

const SHOWN_OK = 40;

/** The report for a terminal: verdict, one line for each column, one sentence for each that fails. */
export function tableReport(report: CheckReport, style: ReportStyle): string {
  const paint = pc.createColors(style.colour);
  const verdict =
    report.verdict === 'pass' ? paint.bold(paint.green('● PASS')) : paint.bold(paint.red('■ FAIL'));
  const rows = `${count(report.rows.current)} rows against ${count(report.rows.reference)}, ${report.duration_ms} ms`;
  const columns = byRank(report);
  const name = Math.min(28, Math.max(6, ...columns.map((column) => column.name.length)));
  const lines = [`${verdict}  ${report.summary}`, paint.dim(rows), ''];
  for (const sentence of schemaSentences(report)) lines.push(`  ${paint.yellow('▲')} ${sentence}`);
  for (const note of report.notes) lines.push(paint.dim(`  ${note}`));
  if (lines.length > 3) lines.push('');
  lines.push(
    paint.dim(
      `  ${'column'.padEnd(name)}  ${'status'.padEnd(9)}  ${'type'.padEnd(11)}  ${scoreTitle(report).padEnd(20)}  missing        reference         current`,
    ),
  );
  const shown = columns.filter((column, i) => failed(column) || i < SHOWN_OK);
  for (const column of shown) lines.push(row(column, name, paint));
  if (shown.length < columns.length)
    lines.push(paint.dim(`  … and ${columns.length - shown.length} more, none of which fails`));
  const failing = columns.filter(failed);
  if (failing.length > 0) lines.push('');
  for (const column of failing.slice(0, 50))
    lines.push(`  ${paint.bold(column.name)}: ${column.reasons.join('; ')}.`);
  lines.push(...performance(report, paint));
  return lines.join('\n');
}

function row(column: CheckColumn, width: number, paint: ReturnType<typeof pc.createColors>): string {
  const { mark, word } = STATUS_WORDS[column.status];
  const colour =
    column.status === 'quality'
      ? paint.red
      : column.status === 'drift'
        ? paint.yellow
        : column.status === 'ok'
          ? paint.green
          : paint.dim;
  const value = scoreText(column.score);
  const missing = `${percent(column.missing.reference)} → ${percent(column.missing.current)}`;
  const detail =
    column.status === 'skipped'
      ? paint.dim(column.reasons[0] ?? '')
      : `${value.padEnd(20)}  ${missing.padEnd(13)}  ${paint.dim(sparkline(column.bins, 'reference').padEnd(16))}  ${sparkline(column.bins, 'current')}`;
  return `  ${clip(column.name, width).padEnd(width)}  ${colour(`${mark} ${(word === 'not enough data' ? 'too few' : word).padEnd(7)}`)}  ${column.type.padEnd(11)}  ${detail}`.trimEnd();
}

function performance(report: CheckReport, paint: ReturnType<typeof pc.createColors>): string[] {
  const { intervals, worst_segments, reasons } = report.performance;
  const { reference, current, estimated } = intervals;
  const names = [
    ...new Set([
      ...Object.keys(reference ?? {}),
      ...Object.keys(current ?? {}),
      ...Object.keys(estimated ?? {}),
    ]),
  ];
  const auc = report.multivariate.domain_classifier_auc;
  const lines: string[] = [];
  if (names.length > 0)
    lines.push(
      '',
      paint.dim(
        `  ${'performance'.padEnd(22)}  ${'reference'.padEnd(22)}  ${'current'.padEnd(22)}  estimated without labels`,
      ),
    );
  for (const name of names)
    lines.push(
      `  ${name.padEnd(22)}  ${interval(reference?.[name]).padEnd(22)}  ${interval(current?.[name]).padEnd(22)}  ${interval(estimated?.[name])}`.trimEnd(),
    );
  if (reasons.length > 0)
    lines.push('', ...reasons.map((reason) => `  ${paint.yellow('▲')} performance: ${reason}`));
  if (worst_segments.length > 0)
    lines.push(
      '',
      paint.dim('  worst segments of the current table (interval widened for how many were looked at)'),
    );
  for (const segment of worst_segments)
    lines.push(
      `  ${segment.segment}: ${segment.metric} ${short(segment.value)} (${short(segment.low)}–${short(segment.high)}), n = ${count(segment.n)}; overall ${short(segment.overall)}`,
    );
  if (auc !== null) {
    const apart = report.multivariate.columns
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ');
    lines.push(
      '',
      `  All columns together: a classifier tells the two tables apart with AUC ${auc.toFixed(2)}${auc > 0.55 && apart ? `, by ${apart}` : ''}.`,
    );
  }
  return lines;
}

function interval(
  metric: { value: number | null; low?: number | null; high?: number | null; reason?: string } | undefined,
): string {
  if (!metric) return '';
  if (metric.value === null) return metric.reason?.replaceAll('_', ' ') ?? '–';
  const bounds =
    metric.low !== undefined && metric.low !== null && metric.high !== undefined && metric.high !== null
      ? ` (${short(metric.low)}–${short(metric.high)})`
      : '';
  return `${short(metric.value)}${bounds}`;
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}

function percent(share: number | null): string {
  if (share === null) return '–';
  return share === 0 ? '0 %' : share < 0.001 ? '<0.1 %' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
