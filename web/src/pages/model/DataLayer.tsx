import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { signalsQuery } from '../../api/queries.ts';
import type { Model, Signal } from '../../api/types.ts';
import charts from '../../charts/charts.module.css';
import { HEAT_CELLS, HeatLegend, HeatRows } from '../../charts/HeatRows.tsx';
import { Section } from '../../charts/Section.tsx';
import type { Point } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { Words } from '../../charts/Words.tsx';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import type { Range } from '../../time/range.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { type Kinds, useKinds } from '../kinds.ts';
import { columnName } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import type { Earlier } from './compare.ts';
import { DriftTable } from './DriftTable.tsx';
import { SilentRows } from './SilentRows.tsx';
import { heatOf, shifted, silence, worstColumn } from './signals.ts';
import { useColumnsShown } from './useColumnsShown.ts';

const SHOWN = 16;

/** Do the inputs still look like the reference? */
interface Props {
  readonly model: Model;
  readonly time: PageTime;
  readonly before: Earlier | null;
}

/** What it is drawn from. */
export const dataLayerQuestions = (model: Model, range: Range, kinds: Kinds) => [
  driftQuery(model, range, kinds),
  sharesQuery(model, range, kinds),
];

const driftQuery = (model: Model, range: Range, kinds: Kinds) =>
  signalsQuery(model.id, range, { layer: 'data', kind: idsOf(kinds, 'shift'), points: HEAT_CELLS });

const sharesQuery = (model: Model, range: Range, kinds: Kinds) =>
  signalsQuery(model.id, range, { layer: 'data', kind: idsOf(kinds, 'broken'), fold: 'columns' });

const idsOf = (kinds: Kinds, role: 'shift' | 'broken') => kindsOf(kinds, role).map(({ id }) => id);

export const DataLayer = memo(function DataLayer({ model, time, before }: Props) {
  const note =
    model.reference === null ? 'no reference to compare with yet' : `against ${model.reference.name}`;
  return (
    <Section title={LAYER_LABEL.data} state={model.layers.data ?? 'no_data'} note={note}>
      <Drift model={model} time={time} before={before} />
      <Shares model={model} range={time.range} before={before} />
    </Section>
  );
});

function Drift({ model, time, before }: Props) {
  const { range } = time;
  const navigate = useNavigate();
  const [shown, show] = useColumnsShown();
  const kinds = useKinds();
  const signals = useQuery(driftQuery(model, range, kinds));
  const earlier = useQuery({
    ...driftQuery(model, before?.range ?? range, kinds),
    enabled: before !== null,
  });
  const importance = useMemo(
    () => new Map(model.columns.map((column) => [column.name, column.importance])),
    [model.columns],
  );
  const ranked = useMemo(() => heatOf(signals.data?.items ?? [], importance), [signals.data, importance]);
  const compared = useMemo(
    () =>
      before === null
        ? undefined
        : { name: before.name, rows: heatOf(earlier.data?.items ?? [], importance) },
    [before, earlier.data, importance],
  );
  return (
    <Loaded of={signals} what="The drift of the columns could not be read:" height={200}>
      {() => {
        if (ranked.every(({ points }) => silence(points) !== null)) {
          return (
            <Words>
              <Empty
                title={
                  model.reference === null ? 'Not compared yet: no reference.' : 'No data in this range.'
                }
              >
                {model.reference === null
                  ? 'The columns below are shown as they come; with a reference each is compared with what is normal.'
                  : 'Each bucket is compared with the reference when it is complete.'}
              </Empty>
            </Words>
          );
        }
        const visible = shown === 'all' ? ranked : ranked.slice(0, SHOWN);
        return (
          <>
            <HeatHead columns={ranked.length} shown={shown} show={show} compared={compared?.name} />
            {shown === 'table' ? (
              <DriftTable rows={ranked} model={model.id} time={time.search} compared={compared} />
            ) : (
              <HeatRows
                rows={visible}
                name={columnName}
                link={(column, children) => (
                  <Link {...paths.column(model.id, column, time.search)}>{children}</Link>
                )}
                onOpen={(column) => void navigate(paths.column(model.id, column, time.search))}
              />
            )}
            {shown !== 'table' && ranked.length > SHOWN && (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => show(shown === 'all' ? undefined : 'all')}
              >
                {shown === 'all' ? `Only the first ${SHOWN}` : `All ${plural(ranked.length, 'column')}`}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function HeatHead({
  columns,
  shown,
  show,
  compared,
}: {
  /** The dates it is compared with. */
  compared: string | undefined;
  columns: number;
  shown: string | undefined;
  show: (value: string | undefined) => void;
}) {
  return (
    <div className={charts.heading} data-no-brush>
      <h3>Drift of {plural(columns, 'column')}, JS distance from the reference</h3>
      <HeatLegend />
      {compared !== undefined && shown !== 'table' && (
        <span className={charts.quiet}>This range alone; the table compares it with {compared}.</span>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        ml="auto"
        onClick={() => show(shown === 'table' ? undefined : 'table')}
      >
        {shown === 'table' ? 'Show as a heat map' : 'Show as a table'}
      </Button>
    </div>
  );
}

const nothing = (points: readonly Point[]) => points.every(({ value }) => value === null || value === 0);

interface WorstProps {
  readonly model: Model;
  readonly range: Range;
  readonly before: Earlier | null;
  /** Of the range it is compared with. */
  readonly earlier: readonly Signal[];
  /** Folded over the columns. */
  readonly signals: readonly Signal[];
  readonly kind: string;
  readonly title: string;
}

/** Kinds of the inputs, a series per column, that say this of them. */
function kindsOf(kinds: Kinds, role: 'shift' | 'broken') {
  return kinds.all.filter((kind) => kind.layer === 'data' && kind.per_column && kind.role === role);
}

/** What is wrong with values, whatever their distribution: the worst column of each kind. */
function Shares({ model, range, before }: Pick<WorstProps, 'model' | 'range' | 'before'>) {
  const kinds = useKinds();
  const shares = kindsOf(kinds, 'broken');
  const signals = useQuery(sharesQuery(model, range, kinds));
  const earlier = useQuery({
    ...sharesQuery(model, before?.range ?? range, kinds),
    enabled: before !== null,
  });
  return (
    <Loaded
      of={signals}
      what="Missing, invalid and new values could not be read:"
      height={shares.length * 48}
    >
      {({ items }) => (
        <Worsts
          items={items}
          kinds={shares}
          model={model}
          range={range}
          before={before}
          earlier={before === null ? [] : (earlier.data?.items ?? [])}
        />
      )}
    </Loaded>
  );
}

interface WorstsProps extends Pick<WorstProps, 'model' | 'range' | 'before' | 'earlier'> {
  readonly items: readonly Signal[];
  readonly kinds: Kinds['all'];
}

function Worsts({ items, kinds, ...rest }: WorstsProps) {
  const rows = kinds.map(({ id, title }) => {
    const points = worstColumn(items, id)?.points;
    return { id, title, status: points === undefined ? null : silence(points) };
  });
  const silent = rows.flatMap(({ title, status }) => (status === null ? [] : [{ name: title, status }]));
  return (
    <>
      {rows
        .filter(({ status }) => status === null)
        .map(({ id, title }) => (
          <Worst key={id} {...rest} signals={items} kind={id} title={title} />
        ))}
      <SilentRows rows={silent} />
    </>
  );
}

/** One line for all columns: the worst of them in each bucket. */
function Worst({ model, range, before, earlier, signals, kind, title }: WorstProps) {
  const worst = useMemo(() => worstColumn(signals, kind), [signals, kind]);
  const lines = useMemo(() => {
    if (worst === null) return [];
    const current = { name: worst.column, part: 'current' as const, points: worst.points };
    const other = before === null ? null : worstColumn(earlier, kind);
    if (before === null || other === null) return [current];
    const points = shifted(other.points, before.by);
    return [current, { name: before.name, part: 'reference' as const, compared: true, points }];
  }, [worst, before, earlier, kind]);
  if (worst === null) return null;
  return (
    <TimeRow
      title={
        nothing(worst.points) ? (
          `${title}, share in any column`
        ) : (
          <>
            {title}, worst:{' '}
            <Link {...paths.column(model.id, worst.column, { from: range.from, to: range.to })}>
              {worst.column}
            </Link>
          </>
        )
      }
      name={`${title}, share in the worst column`}
      lines={lines}
      unit={worst.unit === '' ? 'share' : worst.unit}
      threshold={worst.threshold}
      merge="max"
      height={48}
      about={{ kind }}
    />
  );
}
