import { TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { incidentPages } from '../../api/queries.ts';
import { pace, refresh } from '../../api/refresh.ts';
import { plural } from '../../number/format.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { List } from '../../ui/List.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { sortingOf } from '../../ui/SortHead.tsx';
import { readSort } from '../../ui/sort.ts';
import { useHeld } from '../useHeld.ts';
import { incidentColumns, inOrder } from './columns.tsx';
import { IncidentCard } from './IncidentCard.tsx';
import classes from './incident.module.css';

const page = getRouteApi('/shell/incidents');
const LIVE_MS = 15_000;

/** Every incident, the most urgent first unless a head is clicked. */
export function IncidentsPage() {
  const { sort: sortedBy, ...filter } = page.useSearch();
  const navigate = page.useNavigate();
  const room = useRoom();
  const wide = useRoom(1280);
  const held = useHeld();
  refresh.use();
  const incidents = useInfiniteQuery({
    ...incidentPages(filter),
    refetchInterval: held === null ? pace(LIVE_MS) : false,
  });
  const { hasNextPage, isFetching, fetchNextPage } = incidents;
  const sort = readSort(sortedBy);
  const rows = useMemo(
    () => inOrder(incidents.data?.pages.flatMap((each) => each.items) ?? [], readSort(sortedBy)),
    [incidents.data, sortedBy],
  );
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  // What is sorted here must be here as a whole.
  const sortsHere = sort !== undefined;
  useEffect(() => {
    if (sortsHere && hasNextPage && !isFetching) void fetchNextPage();
  }, [sortsHere, hasNextPage, isFetching, fetchNextPage]);
  const columns = useMemo(() => incidentColumns(wide), [wide]);
  const set = (change: Record<string, string | undefined>) =>
    void navigate({
      search: (before) => ({ ...before, ...change }) as never,
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <h1 className={classes.title}>Incidents</h1>
      <form className={classes.filter} onSubmit={(event) => event.preventDefault()}>
        <Choice
          aria-label="Status"
          placeholder="Any status"
          clearable
          w={150}
          data={['open', 'acknowledged', 'resolved']}
          value={filter.status ?? null}
          onChange={(status) => set({ status: status ?? undefined })}
        />
        <Choice
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
      <Loaded
        of={incidents}
        what="The incidents could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={10} height={32} />}
      >
        {({ pages }) =>
          rows.length === 0 ? (
            <Empty title="No incident matches">
              {Object.keys(filter).length === 0
                ? 'Monitors are on for every model; an incident opens when their signals leave what is normal.'
                : 'Remove a filter to see more.'}
            </Empty>
          ) : (
            <>
              <p className={classes.count}>
                {plural(pages[0]?.total ?? 0, 'incident')}
                {sort === undefined && ', the most urgent first'}
              </p>
              <List
                label="Incidents"
                rows={rows}
                rowKey={(one) => one.id}
                columns={columns}
                height={{ row: 32, card: 120 }}
                card={(incident) => <IncidentCard incident={incident} />}
                room={room}
                onEnd={more}
                sorting={sortingOf(sortedBy, (next) => set({ sort: next }))}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}
