import pc from 'picocolors';
import type { ProfileColumn, TableProfile } from '../../../contract/table-profile.ts';
import { duration, percent } from '../../report/figures.ts';
import type { ReportStyle } from '../../report/index.ts';
import { sparkline } from '../../report/sparkline.ts';
import { clip, indented, padded, places, plain } from '../../report/text.ts';
import { plural } from '../../summary.ts';
import { described, descriptions, distinctText } from './describe.ts';
import { headline, REMARK_WORDS, sentences, statusOf } from './order.ts';

/** Columns shown at most: those with warnings, then the first of the file. */
const SHOWN = 200;
const NAMED = 12;

/** The profile for a terminal: a line for each column in the file's order, remarks under it. */
export function profileTableReport(profile: TableProfile, style: ReportStyle): string {
  const paint = pc.createColors(style.colour);
  const width = Math.max(70, style.width);
  const { columns, source, rows, duration_ms, notes } = profile;
  const shown = pick(columns);
  const lines = [
    ...indented(
      `${plain(source)}: ${plural(rows, 'row')} × ${plural(columns.length, 'column')}; ${headline(columns)}`,
      width,
      '',
    ).map(paint.bold),
    ...notes.flatMap((note) => indented(plain(note), width, '  ').map(paint.dim)),
    '',
    ...body(shown, paint, width),
  ];
  const hidden = columns.length - shown.length;
  if (hidden > 0)
    lines.push(paint.dim(`  … and ${plural(hidden, 'more column')}; the HTML and JSON profiles have all`));
  lines.push(...notesOn(columns, width).map(paint.dim));
  lines.push(
    '',
    paint.dim(
      `  n = ${plural(rows, 'row')}, all counted, ${duration(duration_ms)}; ≥ counted on a part of them`,
    ),
  );
  return lines.join('\n');
}

function pick(columns: readonly ProfileColumn[]): ProfileColumn[] {
  if (columns.length <= SHOWN) return [...columns];
  const chosen = new Set(
    [...columns.filter((column) => statusOf(column) === 'warning'), ...columns].slice(0, SHOWN),
  );
  return columns.filter((column) => chosen.has(column));
}

function body(
  columns: readonly ProfileColumn[],
  paint: ReturnType<typeof pc.createColors>,
  width: number,
): string[] {
  const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, places(text)), 0);
  const missing = widest(['missing', ...columns.map((column) => percent(column.missing.share))]);
  const distinct = widest(['distinct', ...columns.map(distinctText)]);
  const type = widest(['type', ...columns.map((column) => column.type)]);
  const spark = width < 100 ? 12 : 24;
  const room = width - 2 - (missing + distinct + type + spark + 5 * 2) - 2;
  const longest = widest(columns.map(({ name }) => clip(plain(name), 40)));
  const name = Math.max(10, Math.min(longest, Math.floor(room * 0.45)));
  const values = Math.min(
    room - name,
    widest(['values', ...columns.map((column) => descriptions(column).at(-1) ?? '')]),
  );
  const line = (mark: string, cells: readonly string[]) =>
    `${mark} ${[
      padded(cells[0]!, name),
      padded(cells[1]!, type),
      cells[2]!.padStart(missing),
      cells[3]!.padStart(distinct),
      padded(cells[4]!, values),
      cells[5]!,
    ].join('  ')}`.trimEnd();
  return [
    paint.dim(line(' ', ['column', 'type', 'missing', 'distinct', 'values', 'distribution'])),
    ...columns.flatMap((column) => {
      const status = statusOf(column);
      const colour = { warning: paint.yellow, note: paint.dim, ok: paint.green }[status];
      const { mark } = REMARK_WORDS[status];
      const text = line('', [
        plain(column.name),
        column.type,
        percent(column.missing.share),
        distinctText(column),
        described(column, values),
        sparkline(column.histogram?.counts ?? column.top.map(({ n }) => n), spark),
      ]);
      const warnings = column.remarks.filter(({ severity }) => severity === 'warning');
      const remarks = indented(sentences({ remarks: warnings }), width, '    ').map((sentence, i) =>
        i === 0 ? `  ${colour('└')} ${sentence.slice(4)}` : sentence,
      );
      return [`${colour(mark)}${text}`, ...remarks];
    }),
  ];
}

/** What is worth knowing, each once, with the columns of which it is true. */
function notesOn(columns: readonly ProfileColumn[], width: number): string[] {
  const names = new Map<string, string[]>();
  for (const { name, remarks } of columns)
    for (const { severity, sentence } of remarks)
      if (severity === 'note') names.set(sentence, [...(names.get(sentence) ?? []), clip(plain(name), 40)]);
  return [...names].flatMap(([sentence, of]) => {
    const shown = `${of.slice(0, NAMED).join(', ')}${of.length > NAMED ? ` and ${of.length - NAMED} more` : ''}`;
    return indented(`○ ${shown}: ${sentence}`, width, '  ');
  });
}
