import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { modelQuery, predictionsQuery } from '../../api/queries.ts';
import type { Model, PredictionRecord } from '../../api/types.ts';
import { digits, duration, NOTHING, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { type RowColumn, Rows } from '../../ui/Rows.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import { Filter } from './Filter.tsx';
import classes from './predictions.module.css';
import { featureOf, valueText } from './values.ts';

const page = getRouteApi('/shell/models/$model/predictions');

/** Search in what was predicted; the URL is the search. */
export function PredictionsPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(found) => (time === null ? null : <Found model={found} time={time} />)}
    </Loaded>
  );
}

const SHOWN = 8;

/** The features a row shows: those that were chosen, else the most important. */
function shownFeatures(model: Model, chosen: readonly string[] | undefined): string[] {
  const names = model.columns.filter(({ name }) => !name.startsWith('_'));
  if (chosen !== undefined) return names.map(({ name }) => name).filter((name) => chosen.includes(name));
  return [...names]
    .sort((a, b) => (b.importance ?? 0) - (a.importance ?? 0))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

function Found({ model, time }: { model: Model; time: PageTime }) {
  const { where, show } = page.useSearch();
  const found = useInfiniteQuery(
    predictionsQuery(model.id, time.range, where === undefined ? {} : { where }),
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = found;
  const rows = useMemo(() => found.data?.pages.flatMap((one) => one.items) ?? [], [found.data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const columns = useMemo(() => tableColumns(model, shownFeatures(model, show)), [model, show]);
  return (
    <>
      <ModelHeader model={model} time={time.search} child="predictions" />
      <Filter model={model} where={where ?? []} show={show ?? shownFeatures(model, undefined)} />
      <Loaded of={found} what="The predictions could not be read:" height={400}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No prediction fits.">Remove a condition, or choose a longer time range.</Empty>
          ) : (
            <>
              <p className={classes.quiet} aria-live="polite">
                {hasNextPage
                  ? `The newest ${plural(rows.length, 'prediction')}; more as you scroll`
                  : plural(rows.length, 'prediction')}
              </p>
              <div className={classes.wide}>
                <Rows
                  label="Predictions"
                  columns={columns}
                  rows={rows}
                  rowKey={(row) => row.id}
                  height={28}
                  onEnd={more}
                />
              </div>
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

/** Numbers short enough to be compared down a column; the record has all digits. */
function short(value: number | string | null | undefined): string {
  return typeof value === 'number' && !Number.isInteger(value) ? digits(value, 4) : valueText(value);
}

function tableColumns(model: Model, features: readonly string[]): RowColumn<PredictionRecord>[] {
  const numeric = new Set(model.columns.filter(({ type }) => type === 'numeric').map(({ name }) => name));
  const text = (id: string, title: string, width: string, cell: (row: PredictionRecord) => string) => ({
    id,
    title,
    width,
    align: 'right' as const,
    cell,
  });
  return [
    { id: 'time', title: 'Time', width: '136px', cell: (row) => <Moment at={row.time} /> },
    {
      id: 'id',
      title: 'Id',
      width: 'minmax(120px, 1fr)',
      cell: (row) => <Link {...paths.prediction(model.id, row.id)}>{row.id}</Link>,
    },
    text('prediction', 'Predicted', '88px', (row) => short(row.prediction)),
    text('score', 'Score', '72px', (row) => (row.score === null ? NOTHING : digits(row.score))),
    text('label', 'Label', '72px', (row) => short(row.label?.value)),
    {
      id: 'error',
      title: 'Error',
      width: '72px',
      cell: (row) =>
        row.error === null ? (
          <span className={classes.quiet}>none</span>
        ) : (
          <span title={row.error}>
            <StateMark state="failing" label={row.error} word={false} /> error
          </span>
        ),
    },
    text('latency', 'Latency', '84px', (row) =>
      row.latency_ms === null ? NOTHING : duration(row.latency_ms),
    ),
    ...features.map((name) => ({
      id: `feature ${name}`,
      title: name,
      width: '96px',
      ...(numeric.has(name) ? { align: 'right' as const } : {}),
      cell: (row: PredictionRecord) => <Value row={row} name={name} />,
    })),
    { id: 'version', title: 'Version', width: '96px', cell: (row) => row.version },
  ];
}

function Value({ row, name }: { row: PredictionRecord; name: string }) {
  const value = featureOf(row, name);
  if (row.misfit[name] !== undefined) {
    return (
      <span className={classes.misfit} title={`Does not fit the column's type: ${row.misfit[name]}`}>
        {row.misfit[name]} invalid
      </span>
    );
  }
  return value === null ? <span className={classes.quiet}>missing</span> : valueText(value);
}
