import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { fleetQuery, incidentsQuery, statusQuery } from '../../api/queries.ts';
import type { ModelSummary } from '../../api/types.ts';
import { useSettled } from '../../api/useSettled.ts';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { InOrder, type Part } from '../../ui/InOrder.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { type Sorting, sortingOf } from '../../ui/SortHead.tsx';
import { useMay } from '../useMay.ts';
import { FirstPrediction } from './FirstPrediction.tsx';
import { FleetTable } from './FleetTable.tsx';
import classes from './fleet.module.css';
import { OpenIncidents } from './OpenIncidents.tsx';
import { type FleetFilter, matching } from './order.ts';
import { StateSelect } from './StateSelect.tsx';
import { Troubles } from './Troubles.tsx';

const page = getRouteApi('/shell/');

/** Is anything wrong, anywhere? */
export function Fleet() {
  const fleet = useQuery(fleetQuery);
  const incidents = useQuery(incidentsQuery({ status: 'open' }));
  const acknowledged = useQuery(incidentsQuery({ status: 'acknowledged' }));
  const { sort, ...filter } = page.useSearch();
  const navigate = page.useNavigate();
  const sorting = sortingOf(
    sort,
    (next) =>
      void navigate({
        search: (before) => ({ ...before, sort: next }) as never,
        replace: true,
        resetScroll: false,
      }),
  );
  const ready = useSettled([
    fleetQuery,
    incidentsQuery({ status: 'open' }),
    incidentsQuery({ status: 'acknowledged' }),
    statusQuery,
  ]);
  const parts: Part[] = [
    {
      key: 'incidents',
      ready,
      shown: (
        <>
          <Hidden as="h1">Fleet</Hidden>
          <Troubles />
          <Boundary what="The open incidents could not be drawn:">
            <Loaded of={incidents} what="The open incidents could not be read:" height={40}>
              {({ items, total }) => (
                <OpenIncidents
                  incidents={[...items, ...(acknowledged.data?.items ?? [])]}
                  total={total + (acknowledged.data?.total ?? 0)}
                />
              )}
            </Loaded>
          </Boundary>
        </>
      ),
    },
    {
      key: 'models',
      ready,
      shown: (
        <Loaded
          of={fleet}
          what="The models could not be read:"
          height={400}
          skeleton={<TableSkeleton rows={8} height={48} />}
        >
          {({ items }) => <Models items={items} filter={filter} sorting={sorting} />}
        </Loaded>
      ),
    },
  ];
  return <InOrder parts={parts} rest={<TableSkeleton rows={10} height={48} />} />;
}

interface ModelsProps {
  readonly items: readonly ModelSummary[];
  readonly filter: FleetFilter;
  readonly sorting: Sorting;
}

function Models({ items, filter, sorting }: ModelsProps) {
  const shown = useMemo(() => matching(items, filter), [items, filter]);
  if (items.length === 0) return <FirstPrediction />;
  return (
    <>
      <Filter filter={filter} shown={shown.length} all={items.length} sorted={sorting.sort !== undefined} />
      {shown.length === 0 ? (
        <Empty title="No model fits this filter">Remove a word or a state to see more.</Empty>
      ) : (
        <FleetTable models={shown} sorting={sorting} />
      )}
    </>
  );
}

interface FilterProps {
  readonly filter: FleetFilter;
  readonly shown: number;
  readonly all: number;
  readonly sorted: boolean;
}

function Filter({ filter, shown, all, sorted }: FilterProps) {
  const navigate = page.useNavigate();
  const may = useMay();
  const set = (change: FleetFilter) =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, replace: true });
  return (
    <form className={classes.filter} onSubmit={(event) => event.preventDefault()}>
      <TextInput
        aria-label="Filter models by name, owner, task or tag"
        placeholder="Name, owner, task or tag"
        value={filter.q ?? ''}
        onChange={(event) => set({ q: event.currentTarget.value || undefined } as FleetFilter)}
        w={260}
      />
      <StateSelect state={filter.state} onChange={(state) => set({ state } as FleetFilter)} />
      <span className={classes.count} aria-live="polite">
        {shown === all ? plural(all, 'model') : `${shown} of ${plural(all, 'model')}`}
        {sorted ? '' : ', the most urgent first'}
      </span>
      <Link {...paths.fleetWall(filter)}>Wall</Link>
      <Link {...paths.lineage()}>Lineage</Link>
      {may.write && <Link {...paths.importTable()}>Import a table</Link>}
    </form>
  );
}
