import { Link } from '@tanstack/react-router';
import { segmentText } from '../../../../contract/segment-key.ts';
import type { IncidentDetail } from '../../api/types.ts';
import { compact, interval, plural, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import type { Range } from '../../time/range.ts';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { alertState, severity } from '../../ui/state.ts';
import { useKinds } from '../kinds.ts';
import { columnName, hasNoPage, metricName, metricUnit, WATCHED, words } from '../metric.ts';
import classes from './incident.module.css';

type Alert = IncidentDetail['alerts'][number];

/** The alerts that the incident explains, folded away. */
export function Alerts({ incident, range }: { incident: IncidentDetail; range: Range }) {
  const kinds = useKinds();
  return (
    <details className={classes.alerts}>
      <summary>{plural(incident.alerts.length, 'alert')} explained by this incident</summary>
      <PlainTable
        label="Alerts of this incident"
        rows={incident.alerts}
        rowKey={(alert) => alert.id}
        columns={[
          {
            title: 'State',
            value: (alert) => severity(alertState(alert.state)),
            cell: (alert) => <StateMark state={alertState(alert.state)} />,
          },
          {
            title: 'Monitor',
            value: (alert) => kinds.name(alert.kind),
            cell: (alert) => kinds.name(alert.kind),
          },
          {
            title: 'Column',
            value: (alert) => alert.column,
            cell: (alert) =>
              alert.column === '' ? (
                'whole model'
              ) : alert.column.startsWith(WATCHED) ? (
                <Link {...paths.anomalies(alert.model, range, alert.column.slice(WATCHED.length))}>
                  {columnName(alert.column)}
                </Link>
              ) : hasNoPage(alert.column) ? (
                columnName(alert.column)
              ) : (
                <Link {...paths.column(alert.model, alert.column, range)}>{columnName(alert.column)}</Link>
              ),
          },
          ...(incident.alerts.some(({ segment }) => segment !== '')
            ? [
                {
                  title: 'Segment',
                  value: (alert: Alert) => alert.segment,
                  cell: (alert: Alert) =>
                    alert.segment === '' ? 'all predictions' : segmentText(alert.segment),
                },
              ]
            : []),
          { title: 'Since', value: (alert) => alert.since, cell: (alert) => <Moment at={alert.since} /> },
          {
            title: 'Value',
            align: 'right',
            value: (alert) => alert.value,
            cell: (alert) => `${quantity(alert.value, metricUnit(alert.metric))} ${metricName(alert.metric)}`,
          },
          {
            title: 'Interval',
            align: 'right',
            cell: (alert) => interval(alert.low, alert.high, metricUnit(alert.metric)),
          },
          {
            title: 'Threshold',
            align: 'right',
            value: (alert) => alert.threshold,
            cell: (alert) => quantity(alert.threshold, metricUnit(alert.metric)),
          },
          { title: 'n', align: 'right', value: (alert) => alert.n, cell: (alert) => compact(alert.n) },
          { title: 'Reason', value: (alert) => alert.reason, cell: (alert) => words(alert.reason) },
        ]}
      />
    </details>
  );
}
