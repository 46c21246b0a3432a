import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { predictionsQuery } from '../../api/queries.ts';
import { pace, refresh } from '../../api/refresh.ts';
import type { Model } from '../../api/types.ts';
import { count, plural } from '../../number/format.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { List } from '../../ui/List.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { QuestionSkeleton, TableSkeleton } from '../../ui/Skeletons.tsx';
import { sortingOf } from '../../ui/SortHead.tsx';
import { OfModel } from '../frame/OfModel.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { type Held, useHeld } from '../useHeld.ts';
import type { PageTime } from '../useRange.ts';
import { shownFeatures, tableColumns } from './columns.tsx';
import { Export } from './Export.tsx';
import { Filter } from './Filter.tsx';
import { isSubject } from './filter.ts';
import { PredictionCard } from './PredictionCard.tsx';
import classes from './predictions.module.css';
import { SubjectActions } from './SubjectActions.tsx';

const page = getRouteApi('/shell/models/$model/predictions');
const LIVE_MS = 15_000;

/** Search in what was predicted; the URL is the search. */
export function PredictionsPage() {
  return (
    <OfModel skeleton={<QuestionSkeleton named />}>
      {(model, time) => <Found model={model} time={time} />}
    </OfModel>
  );
}

function Found({ model, time }: { model: Model; time: PageTime }) {
  const { where, show, sort } = page.useSearch();
  const navigate = page.useNavigate();
  const held = useHeld();
  refresh.use();
  const filter = { where, sort };
  const found = useInfiniteQuery({
    ...predictionsQuery(model.id, time.range, filter),
    // Rows do not move while someone reads or copies them.
    refetchInterval: held === null ? pace(LIVE_MS) : false,
  });
  const room = useRoom(720);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = found;
  const rows = useMemo(() => found.data?.pages.flatMap((one) => one.items) ?? [], [found.data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const columns = useMemo(() => tableColumns(model, shownFeatures(model, show)), [model, show]);
  const total = found.data?.pages[0]?.total;
  return (
    <>
      <ModelHeader model={model} time={time.search} child="predictions" />
      <Filter
        model={model}
        where={where ?? []}
        show={show ?? shownFeatures(model, undefined)}
        records={rows}
      />
      <Loaded
        of={found}
        what="The predictions could not be read:"
        height={400}
        skeleton={<TableSkeleton rows={16} height={28} />}
      >
        {() =>
          rows.length === 0 ? (
            <None why={found.data?.pages[0]?.no_rows?.sentence} />
          ) : (
            <>
              <div className={classes.state}>
                <p aria-live="polite">
                  <b>{totalText(total)}</b> <Live held={held} />
                </p>
                {isSubject(where) && <SubjectActions model={model.id} who={{ where }} />}
                <Export model={model.id} range={time.range} where={where} more={total?.more ?? false} />
              </div>
              <List
                label="Predictions"
                rows={rows}
                rowKey={(row) => row.id}
                columns={columns}
                height={{ row: 28, card: 84 }}
                card={(row) => <PredictionCard model={model.id} record={row} />}
                room={room}
                sideways
                onEnd={more}
                sorting={sortingOf(
                  sort ?? '_time:desc',
                  (next) =>
                    void navigate({
                      search: (before) => ({ ...before, sort: next }) as never,
                      resetScroll: false,
                      replace: true,
                    }),
                )}
              />
              {found.isFetchNextPageError && (
                <Failure what="The next predictions could not be read:" error={found.error} retry={more} />
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}

function None({ why }: { why: string | undefined }) {
  if (why !== undefined) return <Empty title="Profiles, no rows">{why}</Empty>;
  return <Empty title="No prediction matches">Remove a condition, or choose a longer time range.</Empty>;
}

/** `1,234 predictions`; beyond what is counted `More than 100,000 predictions`. */
function totalText(total: { readonly n: number; readonly more: boolean } | undefined): string {
  if (total === undefined) return '';
  return total.more ? `More than ${count(total.n)} predictions` : plural(total.n, 'prediction');
}

function Live({ held }: { held: Held }) {
  const pause = {
    selecting: 'paused while text is selected',
    scrolled: 'paused until you are back at the top',
  };
  const every = { '15s': 'refreshed every 15 s', '1min': 'refreshed every minute', off: 'refresh is off' };
  return <span className={classes.quiet}>{held === null ? every[refresh.get()] : pause[held]}</span>;
}
