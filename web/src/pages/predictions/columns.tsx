import { Link } from '@tanstack/react-router';
import type { Model, PredictionRecord } from '../../api/types.ts';
import { digits, duration, NOTHING } from '../../number/format.ts';
import { own } from '../../own.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import type { RowColumn } from '../../ui/Rows.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './predictions.module.css';
import { featureOf, labelText, valueText } from './values.ts';

const SHOWN = 8;

/** The features a row shows: those that were chosen, else the most important. */
export function shownFeatures(model: Model, chosen: readonly string[] | undefined): string[] {
  const names = model.columns.filter(({ name }) => !name.startsWith('_'));
  if (chosen !== undefined) return names.map(({ name }) => name).filter((name) => chosen.includes(name));
  return [...names]
    .sort((a, b) => (b.importance ?? 0) - (a.importance ?? 0))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** Numbers short enough to be compared down a column; the record has all digits. */
function short(value: number | string | null | undefined): string {
  return typeof value === 'number' && !Number.isInteger(value) ? digits(value, 4) : valueText(value);
}

/** What a row shows. The id of a column is the name by which the API sorts. */
export function tableColumns(model: Model, features: readonly string[]): RowColumn<PredictionRecord>[] {
  const numeric = new Set(model.columns.filter(({ type }) => type === 'numeric').map(({ name }) => name));
  const text = (id: string, title: string, width: string, cell: (row: PredictionRecord) => string) => ({
    id,
    title,
    width,
    align: 'right' as const,
    sort: 'desc' as const,
    cell,
  });
  return [
    { id: '_time', title: 'Time', width: '136px', sort: 'desc', cell: (row) => <Moment at={row.time} /> },
    {
      id: '_id',
      title: 'Id',
      width: 'minmax(120px, 1fr)',
      hint: (row) => row.id,
      cell: (row) => (
        <Link {...paths.prediction(model.id, row.id)} state={{ fromList: true }}>
          {row.id}
        </Link>
      ),
    },
    text('_prediction', 'Predicted', '88px', (row) =>
      row.ranked[0] === undefined ? short(row.prediction) : short(row.ranked[0].item),
    ),
    text('_score', 'Score', '72px', (row) => (row.score === null ? NOTHING : digits(row.score))),
    {
      id: '_label',
      title: 'Label',
      width: '88px',
      align: 'right',
      cell: (row) => (row.label?.items == null ? short(row.label?.value) : labelText(row.label)),
    },
    {
      id: '_error',
      title: 'Error',
      width: '72px',
      sort: 'desc',
      cell: (row) =>
        row.error === null ? (
          <span className={classes.quiet}>none</span>
        ) : (
          <span title={row.error}>
            <StateMark state="failing" label={row.error} word={false} /> error
          </span>
        ),
    },
    text('_latency_ms', 'Latency', '84px', (row) =>
      row.latency_ms === null ? NOTHING : duration(row.latency_ms),
    ),
    ...features.map((name) => ({
      id: name,
      title: name,
      width: '96px',
      sort: 'desc' as const,
      ...(numeric.has(name) ? { align: 'right' as const } : {}),
      cell: (row: PredictionRecord) => <Value row={row} name={name} />,
    })),
    { id: '_version', title: 'Version', width: '96px', sort: 'desc', cell: (row) => row.version },
  ];
}

function Value({ row, name }: { row: PredictionRecord; name: string }) {
  const value = featureOf(row, name);
  const misfit = own(row.misfit, name);
  if (misfit !== undefined) {
    return (
      <span className={classes.misfit} title={`Does not fit the column's type: ${misfit}`}>
        {misfit} invalid
      </span>
    );
  }
  return value === null ? <span className={classes.quiet}>missing</span> : valueText(value);
}
