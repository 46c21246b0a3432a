import { Link } from '@tanstack/react-router';
import type { Incident } from '../../api/types.ts';
import { percent } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import type { RowColumn } from '../../ui/Rows.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { type Sort, type SortValue, sorted } from '../../ui/sort.ts';
import { words } from '../metric.ts';
import classes from './incident.module.css';
import { lasted, lastedMs } from './story.ts';

export function Status({ status }: Pick<Incident, 'status'>) {
  return (
    <span className={classes.status}>
      <StateMark
        state={status === 'resolved' ? 'ok' : status === 'acknowledged' ? 'warning' : 'failing'}
        label={status}
        word={false}
      />
      {status}
    </span>
  );
}

export function Models({ model, model_names: names }: Pick<Incident, 'model' | 'model_names'>) {
  if (model === '') return 'Tiltmeter';
  return (
    <>
      <Link {...paths.model(model)}>{names[0]}</Link>
      {names.length > 1 && ` and ${names.length - 1} more`}
    </>
  );
}

/** `missing values in income, 62 %`; empty while none is known. */
export function likeliest({ causes: [cause] }: Pick<Incident, 'causes'>): string {
  if (cause === undefined) return '';
  return `${words(cause.kind)}${cause.column ? ` in ${cause.column}` : ''}, ${percent(cause.confidence)}`;
}

export function ended(incident: Incident): string {
  return incident.status === 'resolved' ? lasted(incident) : 'ongoing';
}

/** What a row of the list shows; causes and alerts where there is room for them. */
export function incidentColumns(wide: boolean): RowColumn<Incident>[] {
  return [
    {
      id: 'priority',
      title: 'Priority',
      width: '60px',
      sort: 'asc',
      cell: ({ priority }) => <Priority level={priority} />,
    },
    {
      id: 'title',
      title: 'Incident',
      width: 'minmax(240px, 3fr)',
      sort: 'asc',
      hint: ({ title }) => title,
      cell: (incident) => (
        <Link {...paths.incident(incident.id)} className={classes.name!}>
          {incident.title}
        </Link>
      ),
    },
    {
      id: 'model',
      title: 'Model',
      width: 'minmax(104px, 160px)',
      sort: 'asc',
      hint: ({ model_names }) => model_names.join(', '),
      cell: (incident) => <Models {...incident} />,
    },
    { id: 'status', title: 'Status', width: '112px', sort: 'asc', cell: (one) => <Status {...one} /> },
    {
      id: 'since',
      title: 'Since',
      width: '128px',
      sort: 'desc',
      cell: ({ started_at }) => <Moment at={started_at} />,
    },
    { id: 'lasted', title: 'Duration', width: '64px', align: 'right', sort: 'desc', cell: ended },
    ...(wide
      ? [
          {
            id: 'cause',
            title: 'Likeliest cause',
            width: 'minmax(160px, 1fr)',
            sort: 'asc' as const,
            hint: likeliest,
            cell: likeliest,
          },
          {
            id: 'alerts',
            title: 'Alerts',
            width: '56px',
            align: 'right' as const,
            sort: 'desc' as const,
            cell: ({ alerts }: Incident) => alerts.length,
          },
        ]
      : []),
  ];
}

function sortValue(incident: Incident, by: string): SortValue {
  switch (by) {
    case 'since':
      return incident.started_at;
    case 'lasted':
      return incident.status === 'resolved' ? lastedMs(incident) : Number.POSITIVE_INFINITY;
    case 'cause':
      return likeliest(incident) || null;
    case 'alerts':
      return incident.alerts.length;
    case 'model':
      return incident.model_names[0] ?? '';
    case 'priority':
    case 'title':
    case 'status':
      return incident[by];
    default:
      return null;
  }
}

/** Sorted as the reader asked for; else as they were read. */
export function inOrder(incidents: readonly Incident[], sort: Sort | undefined): readonly Incident[] {
  return sort === undefined ? incidents : sorted(incidents, (one) => sortValue(one, sort.by), sort.way);
}
