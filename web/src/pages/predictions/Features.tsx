import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { distributionQuery } from '../../api/queries.ts';
import type { Distribution, Model, PredictionRecord } from '../../api/types.ts';
import { digits, NOTHING, percent } from '../../number/format.ts';
import { own } from '../../own.ts';
import { paths } from '../../paths.ts';
import { DAY } from '../../time/range.ts';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { categoryShare, isShared, type Place, placeOf, unusual } from './percentile.ts';
import classes from './predictions.module.css';
import { valueText } from './values.ts';

/** Against how many columns' references one record is held; the rest shows its values alone. */
const COMPARED = 40;

/** Every feature with its place in the reference and its part in the answer, the largest part first. */
export function Features({ model, record }: { model: Model; record: PredictionRecord }) {
  const at = Date.parse(record.time);
  const range = useMemo(() => ({ from: at - DAY, to: at + DAY }), [at]);
  const rows = useMemo(() => ordered(model, record), [model, record]);
  const compared = rows.slice(0, COMPARED);
  const references = useQueries({
    queries: compared.map(({ name }) => ({
      ...distributionQuery(model.id, name, range),
      enabled: model.reference !== null,
      refetchInterval: false as const,
    })),
  });
  const byName = new Map(compared.map(({ name }, i) => [name, references[i]?.data]));
  const most = Math.max(1e-12, ...rows.map(({ name }) => Math.abs(own(record.attributions, name) ?? 0)));
  const attributed = Object.keys(record.attributions).length > 0;
  return (
    <Panel
      title="Features"
      note={
        model.reference === null ? 'no reference to compare with yet' : `held against ${model.reference.name}`
      }
    >
      <PlainTable
        label="Features"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          {
            title: 'Feature',
            value: ({ name }) => name,
            cell: ({ name }) => <Link {...paths.column(model.id, name, range)}>{name}</Link>,
          },
          { title: 'Value', align: 'right', cell: ({ name }) => <Value record={record} name={name} /> },
          {
            title: 'In the reference',
            cell: ({ name }) => (
              <InReference distribution={byName.get(name)} value={own(record.features, name) ?? null} />
            ),
          },
          ...(attributed
            ? [
                {
                  title: 'Part in the answer',
                  value: ({ name }: { name: string }) => own(record.attributions, name),
                  cell: ({ name }: { name: string }) => (
                    <Part value={own(record.attributions, name)} most={most} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function ordered(model: Model, record: PredictionRecord): { name: string }[] {
  const importance = new Map(model.columns.map((column) => [column.name, column.importance ?? 0]));
  const names = new Set([...Object.keys(record.features), ...Object.keys(record.misfit)]);
  const weight = (name: string) => Math.abs(own(record.attributions, name) ?? 0);
  return [...names]
    .sort(
      (a, b) =>
        weight(b) - weight(a) || (importance.get(b) ?? 0) - (importance.get(a) ?? 0) || a.localeCompare(b),
    )
    .map((name) => ({ name }));
}

function Value({ record, name }: { record: PredictionRecord; name: string }) {
  const misfit = own(record.misfit, name);
  if (misfit !== undefined) return <StateMark state="failing" label={`${misfit}, invalid`} />;
  const value = own(record.features, name) ?? null;
  return value === null ? <span className={classes.quiet}>missing</span> : <b>{valueText(value)}</b>;
}

interface PlaceProps {
  readonly distribution: Distribution | undefined;
  readonly value: PredictionRecord['features'][string];
}

/** A number's percentile with a tint when it is unusual; a category's share. */
function InReference({ distribution, value }: PlaceProps) {
  if (distribution === undefined || value === null) return <span className={classes.quiet}>{NOTHING}</span>;
  if (distribution.type === 'numeric' && typeof value === 'number') {
    const place = placeOf(value, distribution.bins);
    if (place === null) return <span className={classes.quiet}>{NOTHING}</span>;
    return (
      <span className={classes.place} data-unusual={unusual(place)}>
        <span className={classes.scale} aria-hidden="true">
          <i style={{ left: `${place.below * 100}%` }} />
        </span>
        {placeText(place)}
      </span>
    );
  }
  const share = categoryShare(String(value), distribution.bins);
  if (share === null) return <span className={classes.quiet}>{NOTHING}</span>;
  return (
    <span className={classes.place} data-unusual={share === 0 ? 2 : share < 0.01 ? 1 : 0}>
      {share === 0 ? 'never seen' : `${percent(share)} of rows`}
    </span>
  );
}

function placeText(place: Place): string {
  if (isShared(place)) return `where ${percent(place.own)} lie`;
  if (unusual(place) === 2) return place.below <= 0 ? 'below all' : 'above all';
  return `above ${percent(Math.min(place.below, 0.999))}`;
}

/** A bar to the left for what lowered the answer, to the right for what raised it. */
function Part({ value, most }: { value: number | undefined; most: number }) {
  if (value === undefined) return <span className={classes.quiet}>{NOTHING}</span>;
  const width = (Math.abs(value) / most) * 50;
  return (
    <span className={classes.part}>
      <span className={classes.diverging} aria-hidden="true">
        <i style={{ width: `${width}%`, left: value < 0 ? `${50 - width}%` : '50%' }} />
      </span>
      {value > 0 ? '+' : ''}
      {digits(value)}
    </span>
  );
}
