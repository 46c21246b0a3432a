import type { TableProfile } from '../../../contract/table-profile.ts';
import { count, percent } from '../../report/figures.ts';
import { inertText, Lines } from '../../report/markdown-text.ts';
import { sparkline } from '../../report/sparkline.ts';
import { plural } from '../../summary.ts';
import { described, distinctText } from './describe.ts';
import { headline, REMARK_WORDS, sentences, statusOf } from './order.ts';

const MOST = 60_000;

/** The profile as a comment or a wiki page; under GitHub's limit of 65,536 characters whatever the table. */
export function profileMarkdownReport({ source, rows, columns, notes }: TableProfile): string {
  const writer = new Lines();
  writer.add(
    `### ${inertText(source, 120)}: ${plural(rows, 'row')} × ${plural(columns.length, 'column')}`,
    '',
    inertText(headline(columns), 300),
    '',
    ...notes.slice(0, 20).map((note) => `- ${inertText(note, 300)}`),
    '',
    '| column | type | missing | distinct | values | distribution | remarks |',
    '|---|---|---:|---:|---|---|---|',
  );
  const left = writer.addUpTo(
    MOST,
    columns.map((column) => {
      const { mark } = REMARK_WORDS[statusOf(column)];
      const counts = column.histogram?.counts ?? column.top.map(({ n }) => n);
      return `| ${mark} **${inertText(column.name, 100)}** | ${column.type} | ${percent(column.missing.share)} | ${distinctText(column)} | ${inertText(described(column, 70), 100)} | ${sparkline(counts, 16)} | ${inertText(sentences(column), 300)} |`;
    }),
  );
  if (left > 0) writer.add('', `… and ${count(left)} more columns.`);
  return writer.lines.join('\n');
}
