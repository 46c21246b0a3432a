import type { CheckReport } from '../../contract/check.ts';
import { byRank, failed, STATUS_WORDS, schemaSentences } from './order.ts';
import { scoreText, scoreTitle } from './score.ts';
import { sparklines } from './sparkline.ts';

/** The report as a comment of a pull request: what fails in a table, the rest folded. */
export function markdownReport(report: CheckReport): string {
  const columns = byRank(report);
  const failing = columns.filter(failed);
  const rest = columns.filter((column) => !failed(column));
  const lines = [
    `### ${report.verdict === 'pass' ? '✅' : '❌'} Tiltmeter: ${report.verdict} – ${escapeMarkdown(report.summary)}`,
    '',
    `${report.rows.current.toLocaleString('en-US')} rows against ${report.rows.reference.toLocaleString('en-US')} of the reference.`,
    '',
    ...schemaSentences(report).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ...report.notes.map((note) => `- ${escapeMarkdown(note)}`),
  ];
  if (failing.length > 0) {
    lines.push(
      '',
      `| column | status | ${scoreTitle(report)} | reference | current | why |`,
      '|---|---|---|---|---|---|',
    );
    for (const column of failing) {
      lines.push(
        `| ${escapeMarkdown(column.name)} | ${STATUS_WORDS[column.status].mark} ${column.status} | ${scoreText(column.score)} | ${sparklines(column, 12)[0]} | ${sparklines(column, 12)[1]} | ${escapeMarkdown(column.reasons.join('; '))} |`,
      );
    }
  }
  lines.push(
    '',
    `<details><summary>${rest.length} columns that do not fail</summary>`,
    '',
    `| column | status | ${scoreTitle(report)} |`,
    '|---|---|---|',
  );
  for (const column of rest)
    lines.push(
      `| ${escapeMarkdown(column.name)} | ${STATUS_WORDS[column.status].word} | ${scoreText(column.score)} |`,
    );
  lines.push('', '</details>');
  return lines.join('\n');
}

/** Names come from files: nothing in them may become markup. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|#]/g, (character) =>
      character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`,
    )
    .replace(/[\r\n]+/g, ' ');
}
