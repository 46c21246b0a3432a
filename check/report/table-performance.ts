import type pc from 'picocolors';
import type { CheckReport } from '../../contract/check.ts';
import { fairnessRows } from './fairness.ts';
import { count, interval, short } from './figures.ts';
import { performanceGrid, wholeRemarks, wholeSentence } from './performance.ts';
import { indented, padded, places, plain } from './text.ts';

type Paint = ReturnType<typeof pc.createColors>;

/** How well the model does, the segments that do worse, and the rows as a whole; empty where nothing is known. */
export function performanceLines(report: CheckReport, paint: Paint, width: number): string[] {
  const { worst_segments, reasons } = report.performance;
  const [titles, ...metrics] = performanceGrid(report);
  const lines: string[] = [];
  if (titles !== undefined) {
    const grid = [['performance (95 %)', ...titles.slice(1)], ...metrics];
    const widths = grid[0]!.map((_, i) => Math.max(...grid.map((cells) => places(cells[i]!))));
    const [head, ...body] = grid.map((cells) =>
      `  ${cells.map((cell, i) => padded(cell, widths[i]!)).join('  ')}`.trimEnd(),
    );
    lines.push('', paint.dim(head!), ...body);
  }
  if (reasons.length > 0)
    lines.push(
      '',
      ...reasons.flatMap((reason) =>
        mark(`performance: ${plain(reason)}`, report.performance.degraded, paint, width),
      ),
    );
  if (worst_segments.length > 0)
    lines.push(
      '',
      paint.dim('  worst segments of the current table (interval widened for how many were looked at)'),
    );
  for (const { segment, metric, value, low, high, n, overall } of worst_segments)
    lines.push(
      ...indented(
        `${plain(segment)}: ${metric} ${interval({ value, low, high })}, n = ${count(n)}; overall ${short(overall)}`,
        width,
        '  ',
      ),
    );
  const fairness = fairnessRows(report);
  if (fairness.length > 0) lines.push('', paint.dim('  fairness in the current table (95 %)'));
  for (const [attribute, title, value, limit, between, verdict] of fairness)
    lines.push(
      ...indented(
        `${plain(attribute!)}: ${title} ${value}, ${limit}: ${verdict}${between === '' ? '' : `; ${plain(between!)}`}`,
        width,
        '  ',
      ),
    );
  const whole = wholeSentence(report);
  if (whole !== null) lines.push('', ...mark(whole, report.multivariate.drift, paint, width));
  for (const { text } of wholeRemarks(report)) lines.push(...mark(text, true, paint, width));
  return lines;
}

function mark(text: string, bad: boolean, paint: Paint, width: number): string[] {
  const [first, ...more] = indented(text, width, '    ');
  return [`  ${bad ? paint.yellow('▲') : paint.dim('·')} ${first!.slice(4)}`, ...more];
}
