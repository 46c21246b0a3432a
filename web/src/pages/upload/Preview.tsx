import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnUse, TablePreview } from '../../api/types.ts';
import { count, percent, plural } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './upload.module.css';

/** What columns are said to be. */
export type Uses = Readonly<Record<string, ColumnUse>>;

const USES: Record<ColumnUse, string> = {
  id: 'id',
  time: 'time',
  prediction: 'prediction',
  score: 'score',
  label: 'label',
  version: 'version',
  latency_ms: 'latency, ms',
  error: 'error',
  trace_id: 'trace id',
  request_id: 'request id',
  variant: 'variant',
  feature: 'feature',
  ignored: 'left out',
};
const ORDER = Object.keys(USES);

/** More columns than this are searched, not scrolled. */
const MANY = 20;

type PreviewColumn = TablePreview['columns'][number];

/** Everything as it is shown, with one column as somebody says; a part is played by one column. */
export function withUse(columns: readonly PreviewColumn[], name: string, use: ColumnUse): Uses {
  const now = columns.map((column): [string, ColumnUse] => {
    if (column.name === name) return [name, use];
    return [column.name, column.use === use && use !== 'ignored' ? 'feature' : column.use];
  });
  return Object.fromEntries(now);
}

interface Props {
  readonly preview: TablePreview;
  readonly use: 'predictions' | 'labels' | 'reference';
  readonly onColumns: (uses: Uses) => void;
  readonly stale: boolean;
}

/** What a table is taken for, column by column, with warnings; each column can be said to be something else. */
export function Preview({ preview, use, onColumns, stale }: Props) {
  const [query, setQuery] = useState('');
  const { columns, rows, format, unreadable_lines, notes, warnings, lacking, sample, events } = preview;
  const say = (name: string, next: ColumnUse) => onColumns(withUse(columns, name, next));
  const examples = new Map(columns.map(({ name }, i) => [name, sample.map((row) => row[i])]));
  const sorted = columns
    .filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
    .toSorted((a, b) => ORDER.indexOf(a.use) - ORDER.indexOf(b.use));
  return (
    <section className={classes.preview} aria-label="What was understood" aria-busy={stale}>
      <p>
        {plural(rows, 'row')} of {format}
        {unreadable_lines > 0 && `, ${plural(unreadable_lines, 'line')} could not be read`};{' '}
        {plural(columns.filter((column) => column.use === 'feature').length, 'feature')}. Nothing is stored
        yet.
      </p>
      {events && <p>Rows are events already: they go as they are.</p>}
      {(warnings.length > 0 || lacking.length > 0) && (
        <ul className={classes.warnings} aria-label="Warnings">
          {warnings.map(({ message, part, columns: likely }) => (
            <li key={message}>
              <StateMark state="warning" word={false} />
              <span>
                {message[0]!.toUpperCase() + message.slice(1)}.{' '}
                {part !== null && likely.length === 0 && `Say below which column is the ${part}.`}
              </span>
              {part !== null &&
                likely.map((name) => (
                  <Button key={name} variant="default" size="compact-xs" onClick={() => say(name, part)}>
                    {name} is the {part}
                  </Button>
                ))}
            </li>
          ))}
          {use === 'reference' && lacking.length > 0 && (
            <li>
              <StateMark state="warning" word={false} />
              <span>
                The model has {plural(lacking.length, 'column')} that the table does not have:{' '}
                {lacking.slice(0, 12).join(', ')}
                {lacking.length > 12 ? ` and ${lacking.length - 12} more` : ''}.
              </span>
            </li>
          )}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note} className={classes.quiet}>
          {note}
        </p>
      ))}
      {columns.length > MANY && (
        <TextInput
          aria-label="Find a column"
          placeholder={`Find one of ${plural(columns.length, 'column')}`}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          w={280}
        />
      )}
      <PlainTable
        stack
        label="Columns of the table"
        rows={sorted}
        rowKey={({ name }) => name}
        columns={[
          { title: 'Column', cell: ({ name }) => <strong>{name}</strong> },
          {
            title: 'Is',
            cell: (column) => (
              <span className={classes.is}>
                <Select
                  aria-label={`What ${column.name} is`}
                  data={ORDER.map((value) => ({ value, label: USES[value as ColumnUse] }))}
                  value={column.use}
                  allowDeselect={false}
                  disabled={events}
                  onChange={(value) => say(column.name, value as ColumnUse)}
                  w={132}
                />
                {column.guessed && <span className={classes.quiet}>by its name</span>}
              </span>
            ),
          },
          {
            title: 'Type',
            cell: ({ type, protection }) => (
              <>
                {type}
                {protection !== null && <span className={classes.quiet}> {protection}</span>}
              </>
            ),
          },
          {
            title: 'Missing',
            align: 'right',
            cell: ({ missing }) => (missing === 0 ? '0' : `${count(missing)} (${percent(missing / rows)})`),
          },
          { title: 'Distinct, about', align: 'right', cell: ({ distinct }) => count(distinct) },
          {
            title: 'First rows',
            cell: ({ name }) => (
              <span className={classes.examples}>
                {(examples.get(name) ?? []).map((value) => value ?? '—').join(' · ')}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
