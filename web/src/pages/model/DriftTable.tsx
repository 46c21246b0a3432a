import { Link } from '@tanstack/react-router';
import { type HeatState, heatState, type Ranked } from '../../charts/heat.ts';
import { latest } from '../../charts/series.ts';
import { compact, difference, interval, percent, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import type { TimeSearch } from '../../time/range.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import { MovedMark } from '../column/MovedMark.tsx';
import { columnName } from '../metric.ts';

const STATE: Record<Exclude<HeatState, 'small'>, State> = {
  below: 'ok',
  unsure: 'warning',
  above: 'failing',
  none: 'not_enough_data',
};

/** The heat map's numbers: the newest and the worst of each column. */
export function DriftTable({
  rows,
  model,
  time,
  compared,
}: {
  /** The same of another range, and its dates. */
  compared: { readonly name: string; readonly rows: readonly Ranked[] } | undefined;
  rows: readonly Ranked[];
  model: string;
  time: TimeSearch;
}) {
  const other = new Map(compared?.rows.map((row) => [row.column, latest(row.points)?.value ?? null]));
  return (
    <div data-no-brush>
      <PlainTable
        label="Drift by column"
        rows={rows}
        rowKey={(row) => row.column}
        columns={[
          {
            title: 'Column',
            value: (row) => columnName(row.column),
            cell: (row) => <Link {...paths.column(model, row.column, time)}>{columnName(row.column)}</Link>,
          },
          {
            title: 'Newest',
            cell: (row) => {
              const point = latest(row.points);
              if (point === undefined) return <StateMark state="no_data" />;
              const state = heatState(point, row.threshold);
              return state === 'small' ? <MovedMark /> : <StateMark state={STATE[state]} />;
            },
          },
          {
            title: 'JS distance',
            align: 'right',
            value: (row) => latest(row.points)?.value,
            cell: (row) => quantity(latest(row.points)?.value),
          },
          ...(compared === undefined
            ? []
            : [
                {
                  title: compared.name,
                  align: 'right' as const,
                  value: (row: Ranked) => other.get(row.column),
                  cell: (row: Ranked) => quantity(other.get(row.column)),
                },
                {
                  title: 'Difference',
                  align: 'right' as const,
                  value: (row: Ranked) => (latest(row.points)?.value ?? 0) - (other.get(row.column) ?? 0),
                  cell: (row: Ranked) => difference(latest(row.points)?.value, other.get(row.column)),
                },
              ]),
          {
            title: '95 % interval',
            align: 'right',
            cell: (row) => interval(latest(row.points)?.low, latest(row.points)?.high),
          },
          {
            title: 'n',
            align: 'right',
            value: (row) => latest(row.points)?.n,
            cell: (row) => compact(latest(row.points)?.n),
          },
          { title: 'Threshold', align: 'right', cell: (row) => quantity(row.threshold) },
          {
            title: 'Worst, × threshold',
            align: 'right',
            value: (row) => row.shift,
            cell: (row) => row.shift.toFixed(1),
          },
          {
            title: 'Importance',
            align: 'right',
            value: (row) => row.importance,
            cell: (row) => percent(row.importance),
          },
        ]}
      />
    </div>
  );
}
