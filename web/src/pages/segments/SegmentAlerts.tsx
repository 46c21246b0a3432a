import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { segmentText } from '../../../../contract/segment-key.ts';
import { alertsQuery, monitorsQuery } from '../../api/queries.ts';
import type { Alert, Model } from '../../api/types.ts';
import { count, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { alertState, severity } from '../../ui/state.ts';
import { useKinds } from '../kinds.ts';
import { columnName, metricName, metricUnit } from '../metric.ts';
import classes from './segments.module.css';

/** What monitors by segment say: those that fire or may soon, and how many series there are besides. */
export function SegmentAlerts({ model }: { model: Model }) {
  const alerts = useQuery(alertsQuery(model.id));
  const monitors = useQuery(monitorsQuery(model.id));
  return (
    <section aria-label="Monitors by segment">
      <h2>Monitors by segment</h2>
      <Loaded of={alerts} what="The alerts could not be read:" height={80}>
        {({ items }) => {
          const own = items.filter(({ segment }) => segment !== '');
          const watching = (monitors.data?.items ?? []).filter(({ options }) => options.by === 'segment');
          if (own.length === 0 && watching.length === 0)
            return (
              <p className={classes.quiet}>
                None yet. Add one by each segment in the{' '}
                <Link {...paths.settings('monitors', { model: model.id })}>monitors</Link>.
              </p>
            );
          return <Told alerts={own} />;
        }}
      </Loaded>
    </section>
  );
}

function Told({ alerts }: { alerts: readonly Alert[] }) {
  const kinds = useKinds();
  const news = alerts.filter(({ state }) => state === 'firing' || state === 'pending');
  const calm = `${count(alerts.length - news.length)} series`;
  if (news.length === 0) return <p className={classes.quiet}>Nothing fires; {calm} are watched.</p>;
  return (
    <>
      <PlainTable
        label="Alerts by segment"
        rows={news}
        rowKey={({ id }) => id}
        stack
        columns={[
          {
            title: 'Segment',
            value: ({ segment }) => segment,
            cell: ({ segment }) => segmentText(segment),
          },
          {
            title: 'State',
            value: ({ state }) => severity(alertState(state)),
            cell: ({ state }) => <StateMark state={alertState(state)} />,
          },
          {
            title: 'Monitor',
            value: ({ kind }) => kinds.rank(kind),
            cell: ({ kind, column, incident }) => {
              const name = `${kinds.name(kind)}${column === '' ? '' : ` of ${columnName(column)}`}`;
              return incident === null ? name : <Link {...paths.incident(incident)}>{name}</Link>;
            },
          },
          { title: 'Since', value: ({ since }) => since, cell: ({ since }) => <Moment at={since} /> },
          {
            title: 'Value',
            align: 'right',
            value: ({ value }) => value,
            cell: ({ value, metric, n }) => (
              <div>
                {quantity(value, metricUnit(metric))} {metricName(metric)}
                <div className={classes.quiet}>n = {count(n ?? 0)}</div>
              </div>
            ),
          },
          {
            title: 'Threshold',
            align: 'right',
            value: ({ threshold }) => threshold,
            cell: ({ threshold, metric }) => quantity(threshold, metricUnit(metric)),
          },
        ]}
      />
      <p className={classes.quiet}>{calm} beside these do not fire.</p>
    </>
  );
}
