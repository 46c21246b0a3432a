import { counted } from '../../contract/counted.ts';
import type { ImportSummary, ImportTotal, TableWarning } from '../../contract/table.ts';
import type { Understood } from '../../mapping/understood.ts';
import { FORMAT_NAMES, type TableFormat } from '../../tables/files/format.ts';
import type { DryRun } from './run-import.ts';

/** Names that one line lists. */
const NAMED = 40;

/** What is told of the table beside what was understood of it. */
export interface TableFacts {
  readonly files: readonly string[];
  readonly format: TableFormat;
  readonly rows: number;
  readonly unreadable_lines: number;
  readonly notes: readonly string[];
}

/** `id ← loan, time ← scored_at (guess) …`, the features with their types, and what is left out. */
export function understoodInWords(table: TableFacts, what: Understood): string {
  const { files, format, rows, unreadable_lines: unread, notes } = table;
  const name = files.length === 1 ? files[0] : `${files.length} files, ${files[0]} …`;
  const parts = partsInWords(what);
  const features = what.features.map((feature) => `${feature.name} ${feature.type}`);
  const hidden = Object.entries(what.protected).map(([column, how]) => `${column} ${how}`);
  return [
    `${name}: ${counted(rows, 'row')} of ${FORMAT_NAMES[format]}${unread > 0 ? `, ${counted(unread, 'line')} could not be read` : ''}`,
    ...(what.events ? ['  rows are events, they go as they are'] : []),
    ...(parts === '' ? [] : [`  ${parts}`]),
    ...(features.length > 0 ? [`  ${counted(features.length, 'feature')}: ${listed(features)}`] : []),
    ...(what.ignored.length > 0 ? [`  ignored: ${listed(what.ignored)}`] : []),
    ...(hidden.length > 0 ? [`  protected by the server: ${listed(hidden)}`] : []),
    ...notes.map((note) => `  note: ${note}`),
  ].join('\n');
}

/** `id ← loan, time ← scored_at (guess)` */
export function partsInWords({ parts }: Pick<Understood, 'parts'>): string {
  return Object.entries(parts)
    .map(([part, { column, guessed }]) => `${part} ← ${column}${guessed ? ' (guess)' : ''}`)
    .join(', ');
}

/** What is likely not meant, and how to say what is. `warning: no column is the time … Name it with --map time=COLUMN (when?)` */
export function warningInWords({ message, part, columns }: TableWarning): string {
  if (part === null) return `warning: ${message}`;
  const likely = columns.length === 0 ? '' : ` (${columns.join(', ')}?)`;
  return `warning: ${message}. Name it with --map ${part}=COLUMN${likely}`;
}

/** What became of it. */
export function summaryInWords(summary: ImportSummary): string {
  const { rows, predictions, labels, unreadable_lines, first_reasons, dropped_features, warnings } = summary;
  const part = (name: string, r: ImportTotal) =>
    r.received === 0
      ? []
      : [
          `${name}: ${figure(r.stored)} stored, ${figure(r.duplicates)} known already, ${figure(r.rejected_total)} rejected`,
        ];
  return [
    `${counted(rows, 'row')} read${unreadable_lines > 0 ? `, ${counted(unreadable_lines, 'line')} could not be read` : ''}`,
    ...part('predictions', predictions),
    ...part('labels', labels),
    ...(dropped_features > 0 ? [`${counted(dropped_features, 'value')} of features left out`] : []),
    ...warnings.map((warning) => `  warning: ${warning}`),
    ...first_reasons.map((reason) => `  ${reason}`),
  ].join('\n');
}

/** The first row as the events that it becomes. */
export function dryRunInWords({ first, rows }: DryRun): string {
  const events = Object.entries(first).flatMap(([kind, event]) =>
    event === null ? [] : [`the first row as a ${kind}:\n${JSON.stringify(event, null, 2)}`],
  );
  return [...events, `${counted(rows, 'row')} would be sent; nothing was.`].join('\n');
}

function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? ` … and ${names.length - NAMED} more` : '';
  return names.slice(0, NAMED).join(', ') + more;
}

const figure = (n: number) => n.toLocaleString('en-US');
