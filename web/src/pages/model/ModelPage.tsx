import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { changesQuery, incidentsWithin, modelQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { MarkedContext, useOwnMarked } from '../../charts/marked.ts';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { ChartsSkeleton } from '../../ui/Skeletons.tsx';
import { bandsOf, marksOf } from '../annotations.ts';
import { ModelHeader } from '../ModelHeader.tsx';
import classes from '../pages.module.css';
import { Story } from '../Story.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import { ColumnList } from './ColumnList.tsx';
import { CompareControl } from './CompareControl.tsx';
import { earlier, versionOf } from './compare.ts';
import { DataLayer } from './DataLayer.tsx';
import { Hurts } from './Hurts.tsx';
import { layerOrder } from './layers.ts';
import { ModelLayer } from './ModelLayer.tsx';
import own from './model.module.css';
import { ServingLayer } from './ServingLayer.tsx';
import { SetupPanel } from './SetupPanel.tsx';
import { UnwatchedSection } from './UnwatchedSection.tsx';
import { VersionSection } from './versions/VersionSection.tsx';

const page = getRouteApi('/shell/models/$model');

/** How good the model is, what is wrong with it, since when, and what else happened then: in the order of these questions. */
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
      {(found) => (time === null ? <ChartsSkeleton charts={6} /> : <Layers model={found} time={time} />)}
    </Loaded>
  );
}

function Layers({ model, time }: { model: Model; time: PageTime }) {
  const { range } = time;
  const { compare, baseline } = page.useSearch();
  const navigate = page.useNavigate();
  const incidents = useQuery(incidentsWithin(model.id, range));
  const changes = useQuery(changesQuery(range, model.id));
  const bands = useMemo(
    () => bandsOf(incidents.data?.items ?? [], time.extent.last),
    [incidents.data, time.extent.last],
  );
  const marks = useMemo(() => marksOf(changes.data?.items ?? []), [changes.data]);
  const marked = useOwnMarked();
  const zone = useZone();
  const before = useMemo(() => earlier(compare, range, zone), [compare, range, zone]);
  const version = versionOf(compare);
  const layers = {
    model: <ModelLayer key="model" model={model} range={range} before={before} />,
    data: <DataLayer key="data" model={model} time={time} before={before} />,
    serving: <ServingLayer key="serving" model={model} range={range} before={before} />,
  };
  return (
    <MarkedContext value={marked}>
      <ModelHeader model={model} time={time.search} />
      <SetupPanel model={model} />
      <Hurts model={model} time={time} />
      <div className={classes.bar}>
        <CompareControl
          compare={compare}
          range={range}
          versions={model.versions}
          before={before}
          baseline={baseline}
          onChange={(value, beside) =>
            void navigate({
              search: (old) => ({ ...old, compare: value, baseline: beside }) as never,
              replace: true,
              resetScroll: false,
            })
          }
        />
        <span className={classes.quiet}>Drag over any chart to set the range; double-click to zoom out.</span>
      </div>
      <div className={classes.columns}>
        <div>
          <TimeStack range={range} extent={time.extent} onRange={time.set} changes={marks} incidents={bands}>
            {version !== undefined && (
              <VersionSection model={model} range={range} version={version} baseline={baseline} />
            )}
            {layerOrder(model.layers).map((layer) => layers[layer])}
            <UnwatchedSection model={model} />
          </TimeStack>
          <div className={own.rest}>
            <ColumnList model={model} time={time} />
          </div>
        </div>
        <aside className={classes.aside} aria-label="What happened in this range">
          <Story
            incidents={incidents}
            changes={changes}
            range={range}
            newest={time.extent.last}
            versionsOf={model}
          />
        </aside>
      </div>
    </MarkedContext>
  );
}
