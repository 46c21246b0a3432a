import { Link } from '@tanstack/react-router';
import { heatState, type Ranked } from '../../charts/heat.ts';
import { latest } from '../../charts/series.ts';
import { compact, interval, percent, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import type { TimeSearch } from '../../time/range.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import { columnName } from '../metric.ts';

const STATE: Record<ReturnType<typeof heatState>, State> = {
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
}: {
  rows: readonly Ranked[];
  model: string;
  time: TimeSearch;
}) {
  return (
    <div data-no-brush>
      <PlainTable
        label="Drift by column"
        rows={rows}
        rowKey={(row) => row.column}
        columns={[
          {
            title: 'Column',
            cell: (row) => <Link {...paths.column(model, row.column, time)}>{columnName(row.column)}</Link>,
          },
          {
            title: 'Newest',
            cell: (row) => {
              const point = latest(row.points);
              return (
                <StateMark state={point === undefined ? 'no_data' : STATE[heatState(point, row.threshold)]} />
              );
            },
          },
          { title: 'JS distance', align: 'right', cell: (row) => quantity(latest(row.points)?.value) },
          {
            title: '95 % interval',
            align: 'right',
            cell: (row) => interval(latest(row.points)?.low, latest(row.points)?.high),
          },
          { title: 'n', align: 'right', cell: (row) => compact(latest(row.points)?.n) },
          { title: 'Threshold', align: 'right', cell: (row) => quantity(row.threshold) },
          { title: 'Worst, × threshold', align: 'right', cell: (row) => row.shift.toFixed(1) },
          { title: 'Importance', align: 'right', cell: (row) => percent(row.importance) },
        ]}
      />
    </div>
  );
}
