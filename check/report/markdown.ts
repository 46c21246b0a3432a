import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import { plural } from '../summary.ts';
import { count, percent } from './figures.ts';
import { inertText, Lines } from './markdown-text.ts';
import { byRank, STATUS_WORDS, schemaSentences, told } from './order.ts';
import { performanceGrid, wholeRemarks, wholeSentence } from './performance.ts';
import { ruleOfDrift, scoreText, scoreTitle } from './score.ts';
import { sparklines } from './sparkline.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const MOST = 60_000;
const MOST_FAILING = 45_000;
const MOST_SENTENCES = 20;
const SPARK = 12;

/** The report as a comment of a pull request: what fails in a table, the rest folded; under GitHub's limit whatever the table. */
export function markdownReport(report: CheckReport): string {
  const columns = byRank(report);
  const { rows, sources } = report;
  const named = (side: 'reference' | 'current') =>
    `${inertText(sources[side], 80)} (n = ${count(rows[side])})`;
  const writer = new Lines();
  writer.add(
    `### ${report.verdict === 'pass' ? '✅' : '❌'} Tiltmeter: ${report.verdict} – ${inertText(report.summary, 400)}`,
    '',
    `${named('current')} against ${named('reference')}`,
    '',
    ...sentences(report),
  );
  failing(writer, report, columns.filter(told));
  performance(writer, report);
  rest(
    writer,
    report,
    columns.filter((column) => !told(column)),
  );
  writer.add('', `<sub>${inertText(ruleOfDrift(report), 400)}</sub>`);
  return writer.lines.join('\n');
}

function sentences(report: CheckReport): string[] {
  const whole = wholeSentence(report);
  const all = [
    ...schemaSentences(report),
    ...(report.performance.degraded ? report.performance.reasons : []),
    ...(report.multivariate.drift && whole !== null ? [whole] : []),
    ...wholeRemarks(report).map(({ text }) => text),
    ...report.notes,
  ];
  const shown = all.slice(0, MOST_SENTENCES).map((sentence) => `- ${inertText(sentence, 300)}`);
  return all.length > shown.length ? [...shown, `- … and ${all.length - shown.length} more`] : shown;
}

function failing(writer: Lines, report: CheckReport, columns: readonly CheckColumn[]): void {
  if (columns.length === 0) return;
  writer.add(
    '',
    `| column | status | ${scoreTitle(report)} | missing | reference | current | why |`,
    '|---|---|---|---|---|---|---|',
  );
  const left = writer.addUpTo(
    MOST_FAILING,
    columns.map((column) => {
      const { mark, word } = STATUS_WORDS[column.status];
      const [reference, current] = sparklines(column, SPARK);
      const missing = `${percent(column.missing.reference)} → ${percent(column.missing.current)}`;
      return `| **${inertText(column.name, 100)}** | ${mark} ${word} | ${scoreText(column.score)} | ${missing} | ${reference} | ${current} | ${inertText(column.reasons.join('; '), 300)} |`;
    }),
  );
  if (left > 0) writer.add('', `… and ${plural(left, 'more column')}.`);
}

function performance(writer: Lines, report: CheckReport): void {
  const [head, ...metrics] = performanceGrid(report);
  if (head === undefined) return;
  writer.add(
    '',
    '<details><summary>Performance, with 95 % intervals</summary>',
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...metrics.map((cells) => `| ${cells.map((cell) => inertText(cell, 80)).join(' | ')} |`),
    '',
    '</details>',
  );
}

function rest(writer: Lines, report: CheckReport, columns: readonly CheckColumn[]): void {
  if (columns.length === 0) return;
  writer.add(
    '',
    `<details><summary>${plural(columns.length, 'column')} that ${columns.length === 1 ? 'does' : 'do'} not fail</summary>`,
    '',
    `| column | status | ${scoreTitle(report)} | |`,
    '|---|---|---|---|',
  );
  const left = writer.addUpTo(
    MOST,
    columns.map(({ name, status, score, reasons }) => {
      const { mark, word } = STATUS_WORDS[status];
      return `| ${inertText(name, 100)} | ${mark} ${word} | ${scoreText(score)} | ${inertText(reasons.join('; '), 200)} |`;
    }),
  );
  if (left > 0) writer.add('', `… and ${plural(left, 'more column')}.`);
  writer.add('', '</details>');
}
