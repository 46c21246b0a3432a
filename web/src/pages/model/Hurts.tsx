import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { firingQuery, incidentsQuery, signalsQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { pointsOf } from '../../charts/series.ts';
import { compact, interval, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useKinds } from '../kinds.ts';
import { columnName, metricName, metricUnit, sentenceCase } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import classes from './model.module.css';
import { type WorstColumn, worstColumns } from './worst.ts';

const COLUMNS = 5;
/** Points of a drawing in the size of a word. */
const POINTS = 60;

/** What it is drawn from. */
export const hurtsQuestions = (model: Model) => [
  incidentsQuery({ model: model.id, status: 'open' }),
  incidentsQuery({ model: model.id, status: 'acknowledged' }),
  firingQuery(model.id, 'data'),
];

/** What is wrong now, whatever range is shown: open incidents as sentences, and the columns that hurt most. */
export const Hurts = memo(function Hurts({ model, time }: { model: Model; time: PageTime }) {
  const open = useQuery(incidentsQuery({ model: model.id, status: 'open' }));
  const acknowledged = useQuery(incidentsQuery({ model: model.id, status: 'acknowledged' }));
  const firing = useQuery(firingQuery(model.id, 'data'));
  const importance = useMemo(
    () => new Map(model.columns.map((column) => [column.name, column.importance])),
    [model.columns],
  );
  const worst = useMemo(
    () => worstColumns(firing.data?.items ?? [], importance, COLUMNS),
    [firing.data, importance],
  );
  return (
    <Loaded of={open} what="The open incidents could not be read:" height={36}>
      {({ items }) => {
        const all = [...items, ...(acknowledged.data?.items ?? [])].sort(
          (a, b) => a.priority.localeCompare(b.priority) || b.last_at.localeCompare(a.last_at),
        );
        if (all.length === 0 && worst.length === 0)
          return (
            <p className={classes.calm}>
              <StateMark state={model.setup === null ? 'ok' : 'no_data'} label="Incidents" word={false} />
              No open incident.
            </p>
          );
        return (
          <section
            className={classes.hurts}
            data-level={all[0]?.priority ?? 'P3'}
            aria-label="What is wrong now"
          >
            {all.length > 0 && (
              <ul className={classes.sentences}>
                {all.map((incident) => (
                  <li key={incident.id}>
                    <Priority level={incident.priority} />
                    <Link {...paths.incident(incident.id)}>{incident.title}</Link>
                    {incident.status === 'acknowledged' && (
                      <span className={classes.quiet}>acknowledged</span>
                    )}
                  </li>
                ))}
              </ul>
            )}
            {worst.length > 0 && <WorstColumns worst={worst} model={model} time={time} />}
          </section>
        );
      }}
    </Loaded>
  );
});

function WorstColumns({
  worst,
  model,
  time,
}: {
  worst: readonly WorstColumn[];
  model: Model;
  time: PageTime;
}) {
  const room = useRoom(720);
  return (
    <PlainTable
      label="Columns beyond their threshold"
      rows={worst}
      rowKey={({ column }) => column}
      columns={[
        {
          title:
            worst.length === 1 ? 'Column beyond its threshold' : 'Columns furthest beyond their threshold',
          cell: (one) => (
            <>
              <Link {...paths.column(model.id, one.column, time.search)}>{columnName(one.column)}</Link>
              {!room && (
                <div className={classes.under}>
                  <What worst={one} />
                </div>
              )}
            </>
          ),
        },
        ...(room ? [{ title: 'What', cell: (one: WorstColumn) => <What worst={one} /> }] : []),
        {
          title: 'Score',
          align: 'right',
          cell: ({ alert }) => (
            <span title={`${metricName(alert.metric)}, n = ${compact(alert.n)}`}>
              <b>{quantity(alert.value, metricUnit(alert.metric))}</b>{' '}
              <span className={classes.quiet}>
                {interval(alert.low, alert.high, metricUnit(alert.metric))}
              </span>
            </span>
          ),
        },
        {
          title: 'Threshold',
          align: 'right',
          cell: ({ alert }) => quantity(alert.threshold, metricUnit(alert.metric)),
        },
        ...(room ? [{ title: 'Since', cell: ({ alert }: WorstColumn) => <Moment at={alert.since} /> }] : []),
        ...(room
          ? [
              {
                title: 'In this range',
                cell: (one: WorstColumn) => <Trend worst={one} model={model} time={time} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** What is beyond its threshold, the worst first. */
function What({ worst: { alert, others } }: { worst: WorstColumn }) {
  const kinds = useKinds();
  return (
    <>
      {sentenceCase(kinds.name(alert.kind))}
      {others.length > 0 && (
        <span className={classes.quiet}>, also {others.map((kind) => kinds.name(kind)).join(', ')}</span>
      )}
    </>
  );
}

function Trend({
  worst: { column, alert },
  model,
  time,
}: {
  worst: WorstColumn;
  model: Model;
  time: PageTime;
}) {
  const signals = useQuery(
    signalsQuery(model.id, time.range, { kind: alert.kind, metric: alert.metric, column, points: POINTS }),
  );
  // It has its place before it is there.
  if (signals.isPending) return <span className={classes.trend} />;
  const [signal] = signals.data?.items ?? [];
  const values = signal === undefined ? [] : pointsOf(signal.points).map(({ value }) => value);
  if (!values.some((value) => value !== null)) return <span className={classes.quiet}>no data</span>;
  return (
    <Sparkline
      values={values}
      width={96}
      area
      label={`${metricName(alert.metric)} of ${columnName(column)}`}
    />
  );
}
