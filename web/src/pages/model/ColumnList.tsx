import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { columnsQuery } from '../../api/queries.ts';
import type { ColumnSummaries, ColumnSummary, Model } from '../../api/types.ts';
import { compact, NOTHING, percent, plural, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Bars } from '../../ui/Bars.tsx';
import { useRoom } from '../../ui/Cards.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable, type TableColumn } from '../../ui/PlainTable.tsx';
import { columnName, words } from '../metric.ts';
import { isNumbers } from '../numbers.ts';
import type { PageTime } from '../useRange.ts';
import { extentText } from './extent.ts';
import classes from './model.module.css';

const SHOWN = 24;

/** What came: every column with its type and shape, from the first prediction on. */
export const ColumnList = memo(function ColumnList({ model, time }: { model: Model; time: PageTime }) {
  const columns = useQuery(columnsQuery(model.id, time.range));
  return (
    <Loaded of={columns} what="The columns could not be read:" height={220}>
      {(found) => <Columns found={found} model={model} time={time} />}
    </Loaded>
  );
});

function Columns({ found, model, time }: { found: ColumnSummaries; model: Model; time: PageTime }) {
  const zone = useZone();
  const room = useRoom(720);
  const [all, setAll] = useState(false);
  const { items } = found;
  const rows = all ? items : items.slice(0, SHOWN);
  const range = { from: Date.parse(found.from), to: Date.parse(found.to) };
  return (
    <Panel title={plural(items.length, 'column')} note={`what they held, ${span(range, zone)}`}>
      {items.length === 0 ? (
        <Empty title="No columns yet.">A column is there from its first value on.</Empty>
      ) : (
        <PlainTable
          label="Columns"
          rows={rows}
          rowKey={(column) => column.name}
          columns={[
            {
              title: 'Column',
              value: ({ name }) => name,
              cell: (column) => (
                <>
                  <Link {...paths.column(model.id, column.name, time.search)} className={classes.columnName!}>
                    {columnName(column.name)}
                  </Link>
                  {!room && (
                    <div className={classes.under}>
                      {kindText(column)}
                      <br />
                      <Values column={column} />
                    </div>
                  )}
                </>
              ),
            },
            ...(room ? [TYPE] : []),
            { title: 'Shape', cell: (column) => <Shape column={column} /> },
            ...(room ? [VALUES] : []),
            {
              title: 'Missing',
              align: 'right',
              value: ({ held }) => (held.n === 0 ? null : held.missing / held.n),
              cell: ({ held }) => (held.n === 0 ? NOTHING : percent(held.missing / held.n)),
            },
            ...(room ? [COUNT, SEEN] : []),
          ]}
        />
      )}
      {items.length > SHOWN && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {all ? `Only the first ${SHOWN}` : `All ${plural(items.length, 'column')}`}
        </Button>
      )}
    </Panel>
  );
}

const TYPE: TableColumn<ColumnSummary> = {
  title: 'Type',
  value: kindText,
  cell: (column) => <span title={column.recognised ?? undefined}>{kindText(column)}</span>,
};
const VALUES: TableColumn<ColumnSummary> = { title: 'Values', cell: (column) => <Values column={column} /> };
const COUNT: TableColumn<ColumnSummary> = {
  title: 'n',
  align: 'right',
  value: ({ held }) => held.n,
  cell: ({ held }) => <span className={classes.count}>{compact(held.n)}</span>,
};
const SEEN: TableColumn<ColumnSummary> = {
  title: 'Last value',
  value: ({ last_seen }) => last_seen,
  cell: ({ last_seen }) => (last_seen === null ? 'none in this range' : <Moment at={last_seen} />),
};

function kindText({ type, role }: ColumnSummary): string {
  return role === 'feature' ? type : `${words(role)}, ${type}`;
}

function Shape({ column: { name, shape, held } }: { column: ColumnSummary }) {
  if (shape === null)
    return <span className={classes.quiet}>{held.n === held.missing ? 'no data' : 'not enough data'}</span>;
  const sort = shape.from === null ? 'most frequent values' : 'histogram';
  return <Bars counts={shape.counts} label={`${columnName(name)}: ${sort}`} />;
}

function Values({ column }: { column: ColumnSummary }) {
  const { held, top, role } = column;
  const unit = role === 'answer_time' ? 'ms' : '';
  if (isNumbers(column)) {
    return (
      <span data-figures>
        {extentText(held, unit)}
        {held.mean !== null && <span className={classes.quiet}> mean {quantity(held.mean, unit)}</span>}
      </span>
    );
  }
  if (top === null)
    return (
      <span
        className={classes.quiet}
        title="Mark the column as safe in its model's settings to show its values"
      >
        values not shown
      </span>
    );
  const values = held.n - held.missing - held.invalid;
  return (
    <span
      className={classes.values}
      title={top.map(({ value, n }) => `${value} ${percent(n / values)}`).join(', ')}
    >
      {top.length === 0
        ? NOTHING
        : top.map(({ value, n }) => (
            <span key={value}>
              {value === '' ? '(empty text)' : value}{' '}
              <span className={classes.quiet}>{percent(n / values)}</span>
            </span>
          ))}
    </span>
  );
}
