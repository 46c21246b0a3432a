import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { changesQuery, columnsQuery, incidentsWithin, setupQuery } from '../../api/queries.ts';
import { coverageQuery } from '../../api/stage-queries.ts';
import type { Model } from '../../api/types.ts';
import { useSettled } from '../../api/useSettled.ts';
import { MarkedContext, useOwnMarked } from '../../charts/marked.ts';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { paths } from '../../paths.ts';
import { useZone } from '../../time/zone.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { InOrder } from '../../ui/InOrder.tsx';
import { ChartRowsSkeleton, ChartsSkeleton, TableSkeleton } from '../../ui/Skeletons.tsx';
import { useAnnotations } from '../frame/ModelStack.tsx';
import { OfModel } from '../frame/OfModel.tsx';
import { useKinds } from '../kinds.ts';
import { LinksOut } from '../links/LinksOut.tsx';
import { ofModel } from '../links/values.ts';
import { ModelHeader } from '../ModelHeader.tsx';
import classes from '../pages.module.css';
import { Story } from '../Story.tsx';
import type { PageTime } from '../useRange.ts';
import { BusinessLayer, businessLayerQuestions } from './BusinessLayer.tsx';
import { ColumnList } from './ColumnList.tsx';
import { CompareControl } from './CompareControl.tsx';
import { CoverageSection } from './CoverageSection.tsx';
import { earlier, versionOf } from './compare.ts';
import { DataLayer, dataLayerQuestions } from './DataLayer.tsx';
import { Hurts, hurtsQuestions } from './Hurts.tsx';
import { InfrastructureLayer, infrastructureQuestions } from './InfrastructureLayer.tsx';
import { layerOrder } from './layers.ts';
import { ModelLayer, modelLayerQuestions } from './ModelLayer.tsx';
import own from './model.module.css';
import { ServingLayer, servingLayerQuestions } from './ServingLayer.tsx';
import { SetupPanel } from './SetupPanel.tsx';

/** With the drawing library, which only it needs here. */
const VersionSection = lazy(() =>
  import('./versions/VersionSection.tsx').then((m) => ({ default: m.VersionSection })),
);

const route = getRouteApi('/shell/models/$model');

/** How good the model is, what is wrong with it, since when, and what else happened then: in the order of these questions. */
export function ModelPage() {
  return (
    <OfModel skeleton={<ChartsSkeleton charts={6} />}>
      {(model, time) => <Layers model={model} time={time} />}
    </OfModel>
  );
}

function Layers({ model, time }: { model: Model; time: PageTime }) {
  const { range } = time;
  const { compare, baseline } = route.useSearch();
  const navigate = route.useNavigate();
  const { incidents, changes, bands, marks } = useAnnotations(model.id, time);
  const marked = useOwnMarked();
  const zone = useZone();
  const before = useMemo(() => earlier(compare, range, zone), [compare, range, zone]);
  const version = versionOf(compare);
  const layers = {
    model: <ModelLayer key="model" model={model} range={range} before={before} />,
    data: <DataLayer key="data" model={model} time={time} before={before} />,
    serving: <ServingLayer key="serving" model={model} range={range} before={before} />,
    business: <BusinessLayer key="business" model={model} range={range} before={before} />,
  };
  const kinds = useKinds();
  const room = useRoom(1081);
  const named = useSettled([setupQuery(model.id)]);
  const topped = useSettled([
    ...hurtsQuestions(model),
    incidentsWithin(model.id, range),
    changesQuery(range, model.id),
  ]);
  const ready = {
    model: useSettled(modelLayerQuestions(model, range)),
    data: useSettled(dataLayerQuestions(model, range, kinds)),
    serving: useSettled(servingLayerQuestions(model, range)),
    business: useSettled(businessLayerQuestions(model, range)),
  };
  const drawn = ready.model && ready.data && ready.serving;
  const stacked = [
    ...layerOrder(model.layers).map((layer) => ({ key: layer, ready: ready[layer], shown: layers[layer] })),
    {
      key: 'infrastructure',
      ready: useSettled(infrastructureQuestions(model, range)),
      shown: <InfrastructureLayer model={model} range={range} />,
    },
    {
      key: 'coverage',
      ready: useSettled([coverageQuery(model.id)]),
      shown: <CoverageSection model={model} range={range} />,
    },
  ];
  const page = (
    <>
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
        <Link className={classes.more} {...paths.anomalies(model.id, time.search)}>
          What was unusual
        </Link>
        <Link className={classes.more} {...paths.modelWall(model.id)}>
          Wall
        </Link>
        <LinksOut
          place="model"
          values={ofModel(model, range)}
          as={(links) => <span className={classes.more}>Open in {links}</span>}
        />
        <span className={classes.gestures}>
          Drag over any chart to set the range; double-click to zoom out.
        </span>
      </div>
      <div className={classes.columns}>
        <div>
          <TimeStack range={range} extent={time.extent} onRange={time.set} changes={marks} incidents={bands}>
            {version !== undefined && (
              <Suspense fallback={<ChartRowsSkeleton charts={4} />}>
                <VersionSection model={model} range={range} version={version} baseline={baseline} />
              </Suspense>
            )}
            <InOrder parts={stacked} rest={<ChartRowsSkeleton charts={5} />} />
          </TimeStack>
          {drawn && <Rest model={model} time={time} />}
        </div>
        {/* Under the charts it comes when they are there. */}
        {(room || drawn) && (
          <aside className={classes.aside} aria-label="What happened in this range">
            <Story
              incidents={incidents}
              changes={changes}
              range={range}
              newest={time.extent.last}
              versionsOf={model}
            />
          </aside>
        )}
      </div>
    </>
  );
  return (
    <MarkedContext value={marked}>
      <InOrder
        parts={[
          { key: 'name', ready: named, shown: <ModelHeader model={model} time={time.search} /> },
          { key: 'page', ready: topped, shown: page },
        ]}
        rest={<ChartRowsSkeleton charts={6} />}
      />
    </MarkedContext>
  );
}

/** The columns, asked for when all above them is there. */
function Rest({ model, time }: { model: Model; time: PageTime }) {
  const ready = useSettled([columnsQuery(model.id, time.range)]);
  const columns = { key: 'columns', ready, shown: <ColumnList model={model} time={time} /> };
  return (
    <div className={own.rest}>
      <InOrder parts={[columns]} rest={<TableSkeleton rows={8} height={36} />} />
    </div>
  );
}
