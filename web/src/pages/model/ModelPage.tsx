import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { changesQuery, incidentsWithin, modelQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { ChartsSkeleton } from '../../ui/Skeletons.tsx';
import { bandsOf, marksOf } from '../annotations.ts';
import { ModelHeader } from '../ModelHeader.tsx';
import classes from '../pages.module.css';
import { Story } from '../Story.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import { COMPARISONS, earlier } from './compare.ts';
import { DataLayer } from './DataLayer.tsx';
import { ModelLayer } from './ModelLayer.tsx';
import { ServingLayer } from './ServingLayer.tsx';
import { UnconnectedLayer } from './UnconnectedLayer.tsx';

const page = getRouteApi('/shell/models/$model');

/** What is wrong with this model, since when, and what else happened then. */
export function ModelPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded
      of={model}
      what={`The model ${id} could not be read:`}
      height={600}
      skeleton={<ChartsSkeleton charts={6} />}
    >
      {(found) => (time === null ? null : <Layers model={found} time={time} />)}
    </Loaded>
  );
}

function Layers({ model, time }: { model: Model; time: PageTime }) {
  const { range } = time;
  const { compare } = page.useSearch();
  const navigate = page.useNavigate();
  const incidents = useQuery(incidentsWithin(model.id, range));
  const changes = useQuery(changesQuery(range, model.id));
  const bands = useMemo(
    () => bandsOf(incidents.data?.items ?? [], time.extent.last),
    [incidents.data, time.extent.last],
  );
  const marks = useMemo(() => marksOf(changes.data?.items ?? []), [changes.data]);
  const before = useMemo(() => earlier(compare, range), [compare, range]);
  return (
    <>
      <ModelHeader model={model} time={time.search} />
      <div className={classes.bar}>
        <Select
          aria-label="Compare with"
          placeholder="Compare with an earlier time"
          clearable
          w={224}
          data={[...COMPARISONS]}
          value={compare ?? null}
          onChange={(value) =>
            void navigate({
              search: (old) => ({ ...old, compare: value ?? undefined }) as never,
              replace: true,
            })
          }
        />
        <span className={classes.quiet}>Drag over any chart to set the range; double-click to zoom out.</span>
      </div>
      <div className={classes.columns}>
        <TimeStack range={range} extent={time.extent} onRange={time.set} changes={marks} incidents={bands}>
          <UnconnectedLayer layer="infrastructure" state={model.layers.infrastructure ?? 'no_data'} />
          <ServingLayer model={model} range={range} before={before} />
          <DataLayer model={model} time={time} />
          <ModelLayer model={model} range={range} before={before} />
          <UnconnectedLayer layer="business" state={model.layers.business ?? 'no_data'} />
        </TimeStack>
        <aside className={classes.aside} aria-label="What happened in this range">
          <Story incidents={incidents} changes={changes} range={range} newest={time.extent.last} />
        </aside>
      </div>
    </>
  );
}
