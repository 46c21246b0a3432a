import { count, interval, quantity } from '../number/format.ts';
import { Moment } from '../ui/Moment.tsx';
import { PlainTable } from '../ui/PlainTable.tsx';
import { reasonWords } from '../ui/reason.ts';
import classes from './charts.module.css';
import type { Line } from './series.ts';

/** The numbers of a chart, newest first. */
export function ChartTable({ name, lines, unit }: { name: string; lines: readonly Line[]; unit: string }) {
  const rows = lines.flatMap((line) => line.points.map((point) => ({ ...point, line: line.name })));
  rows.sort((a, b) => b.time - a.time || a.line.localeCompare(b.line));
  return (
    <div className={classes.table} data-no-brush>
      <PlainTable
        label={name}
        rows={rows}
        rowKey={(row) => `${row.line} ${row.time}`}
        columns={[
          { title: 'Time', cell: (row) => <Moment at={row.time} /> },
          ...(lines.length > 1 ? [{ title: 'Line', cell: (row: (typeof rows)[number]) => row.line }] : []),
          { title: 'Value', align: 'right' as const, cell: (row) => quantity(row.value, unit) },
          { title: 'Interval', align: 'right' as const, cell: (row) => interval(row.low, row.high, unit) },
          { title: 'n', align: 'right' as const, cell: (row) => count(row.n) },
          { title: 'Status', cell: (row) => reasonWords(row.status) },
        ]}
      />
    </div>
  );
}
