import { Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { incidentPages } from '../../api/queries.ts';
import type { Incident } from '../../api/types.ts';
import { percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { type RowColumn, Rows } from '../../ui/Rows.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { words } from '../metric.ts';
import classes from './incident.module.css';
import { lasted } from './story.ts';

const page = getRouteApi('/shell/incidents');

const COLUMNS: RowColumn<Incident>[] = [
  { id: 'priority', title: 'Priority', width: '56px', cell: ({ priority }) => <Priority level={priority} /> },
  {
    id: 'title',
    title: 'Incident',
    width: 'minmax(320px, 3fr)',
    cell: (incident) => (
      <Link {...paths.incident(incident.id)} className={classes.name!}>
        {incident.title}
      </Link>
    ),
  },
  {
    id: 'model',
    title: 'Model',
    width: 'minmax(120px, 160px)',
    cell: ({ model, models }) =>
      model === '' ? (
        'Tiltmeter'
      ) : (
        <>
          <Link {...paths.model(model)}>{model}</Link>
          {models.length > 1 && ` and ${models.length - 1} more`}
        </>
      ),
  },
  {
    id: 'status',
    title: 'Status',
    width: '120px',
    cell: ({ status }) => (
      <span className={classes.status}>
        <StateMark
          state={status === 'resolved' ? 'ok' : status === 'acknowledged' ? 'warning' : 'failing'}
          label={status}
          word={false}
        />
        {status}
      </span>
    ),
  },
  { id: 'since', title: 'Since', width: '136px', cell: ({ started_at }) => <Moment at={started_at} /> },
  {
    id: 'lasted',
    title: 'Lasted',
    width: '64px',
    align: 'right',
    cell: (one) => (one.status === 'resolved' ? lasted(one) : 'goes on'),
  },
  {
    id: 'cause',
    title: 'Likeliest cause',
    width: 'minmax(160px, 1fr)',
    cell: ({ causes: [cause] }) =>
      cause === undefined
        ? ''
        : `${words(cause.kind)}${cause.column ? ` in ${cause.column}` : ''}, ${percent(cause.confidence)}`,
  },
  { id: 'alerts', title: 'Alerts', width: '56px', align: 'right', cell: ({ alerts }) => alerts.length },
];

/** Every incident, newest first. */
export function IncidentsPage() {
  const filter = page.useSearch();
  const navigate = page.useNavigate();
  const incidents = useInfiniteQuery(incidentPages(filter));
  const shown = incidents.data?.pages.flatMap((each) => each.items) ?? [];
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, replace: true });
  return (
    <>
      <h1 className={classes.title}>Incidents</h1>
      <form className={classes.filter} onSubmit={(event) => event.preventDefault()}>
        <Select
          aria-label="Status"
          placeholder="Any status"
          clearable
          w={150}
          data={['open', 'acknowledged', 'resolved']}
          value={filter.status ?? null}
          onChange={(status) => set({ status: status ?? undefined })}
        />
        <Select
          aria-label="Priority"
          placeholder="Any priority"
          clearable
          w={130}
          data={['P1', 'P2', 'P3']}
          value={filter.priority ?? null}
          onChange={(priority) => set({ priority: priority ?? undefined })}
        />
        <TextInput
          aria-label="Model"
          placeholder="Model"
          w={200}
          value={filter.model ?? ''}
          onChange={(event) => set({ model: event.currentTarget.value || undefined })}
        />
      </form>
      <Loaded of={incidents} what="The incidents could not be read:" height={300}>
        {({ pages }) =>
          shown.length === 0 ? (
            <Empty title="No incident fits.">
              {Object.keys(filter).length === 0
                ? 'Monitors are on for every model; an incident opens when their signals leave what is normal.'
                : 'Remove a filter to see more.'}
            </Empty>
          ) : (
            <>
              <p className={classes.quiet}>{plural(pages[0]?.total ?? 0, 'incident')}</p>
              <div className={classes.wide}>
                <Rows
                  label="Incidents"
                  columns={COLUMNS}
                  rows={shown}
                  rowKey={(one) => one.id}
                  height={32}
                  onEnd={() => {
                    if (incidents.hasNextPage && !incidents.isFetchingNextPage)
                      void incidents.fetchNextPage();
                  }}
                />
              </div>
            </>
          )
        }
      </Loaded>
    </>
  );
}
