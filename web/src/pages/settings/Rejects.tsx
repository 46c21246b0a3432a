import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { type RejectFilter, rejectGroupsQuery } from '../../api/queries.ts';
import type { Receipt } from '../../api/types.ts';
import { count, plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { words } from '../metric.ts';
import { RejectGroups } from './RejectGroups.tsx';
import { type RejectChoice, RejectRows } from './RejectRows.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** Refused events by reason; those of one reason one by one, to be sent again or deleted. */
export function Rejects() {
  const groups = useQuery(rejectGroupsQuery);
  const [filter, setFilter] = useState<RejectFilter>({});
  const replay = useChange(
    (choice: RejectChoice) => api.post<Receipt>(address('/rejects/replay'), choice),
    address('/rejects'),
  );
  return (
    <>
      <p className={classes.intro}>
        Events that were refused, kept as they came with the reason. Put right what was wrong, then send them
        again; good events beside them were stored.
      </p>
      {replay.isError && <Failure what="Nothing was sent again:" error={replay.error} />}
      {replay.data !== undefined && (
        <p role="status">
          {plural(replay.data.received, 'event')} sent again: {replay.data.stored} stored,{' '}
          {replay.data.duplicates} known already, {replay.data.rejected_total} refused again.
        </p>
      )}
      <Loaded
        of={groups}
        what="The rejected events could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={6} height={40} />}
      >
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title="No event was refused." />
          ) : (
            <>
              {total > items.length && (
                <p className={classes.quiet}>
                  The {count(items.length)} reasons with the most events, of {count(total)}. All events are in
                  the list below.
                </p>
              )}
              <RejectGroups groups={items} chosen={filter} choose={setFilter} />
              <Filters
                filter={filter}
                set={setFilter}
                models={[...new Set(items.map(({ model }) => model))]}
                codes={[...new Set(items.map(({ code }) => code))]}
              />
              <RejectRows
                key={JSON.stringify(filter)}
                filter={filter}
                waiting={items
                  .filter((group) => fits(group, filter))
                  .reduce((sum, { waiting }) => sum + waiting, 0)}
                replay={(choice) => replay.mutate(choice)}
                replaying={replay.isPending}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function fits(group: { kind: string; model: string; code: string }, filter: RejectFilter): boolean {
  return (['kind', 'model', 'code'] as const).every(
    (field) => filter[field] === undefined || filter[field] === group[field],
  );
}

interface FiltersProps {
  readonly filter: RejectFilter;
  readonly set: (filter: RejectFilter) => void;
  readonly models: readonly string[];
  readonly codes: readonly string[];
}

function Filters({ filter, set, models, codes }: FiltersProps) {
  const change = (field: 'model' | 'code') => (value: string | null) => {
    const { [field]: _, ...rest } = filter;
    set(value === null ? rest : { ...rest, [field]: value });
  };
  return (
    <div className={classes.form}>
      <Select
        label="Model"
        placeholder="all"
        clearable
        searchable
        // One without a model is among those of its reason.
        data={models.filter((model) => model !== '')}
        value={filter.model || null}
        onChange={change('model')}
        w={200}
      />
      <Select
        label="Reason"
        placeholder="all"
        clearable
        data={codes.map((code) => ({ value: code, label: words(code) }))}
        value={filter.code ?? null}
        onChange={change('code')}
        w={200}
      />
      {filter.kind !== undefined && <span className={classes.quiet}>only {filter.kind}</span>}
      {Object.keys(filter).length > 0 && (
        <Button variant="default" onClick={() => set({})}>
          Show all
        </Button>
      )}
    </div>
  );
}
