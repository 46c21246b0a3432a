import { Link } from '@tanstack/react-router';
import type { ComparedColumn, ComparedMissing, Model, VersionComparison } from '../../../api/types.ts';
import type { Sides } from '../../../charts/sides.ts';
import { count, digits, interval, NOTHING, percent, quantity } from '../../../number/format.ts';
import { paths } from '../../../paths.ts';
import type { Range } from '../../../time/range.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { Difference, Figure } from '../../measured/Measured.tsx';
import { columnName, sentenceCase } from '../../metric.ts';
import classes from './versions.module.css';
import { columnVerdict, comparedSentence } from './words.ts';

interface Props {
  readonly found: VersionComparison;
  readonly sides: Sides;
  readonly model: Model;
  readonly range: Range;
}

/** The features that differ most between the two, and those that are not there more or less often. */
export function ColumnsBeside({ found, sides, model, range }: Props) {
  const { columns, compared, missing: absent } = found;
  return (
    <section aria-label="Columns that differ most">
      <h3>Columns that differ most</h3>
      <p className={classes.quiet}>{comparedSentence(compared)}</p>
      {columns.length > 0 && (
        <PlainTable
          label={`Columns that differ most between ${sides.current} and ${sides.reference}`}
          rows={columns}
          rowKey={({ name }) => name}
          stack
          columns={[
            {
              title: 'Column',
              cell: ({ name }) => <Link {...paths.column(model.id, name, range)}>{columnName(name)}</Link>,
            },
            { title: 'JS distance, interval', align: 'right', cell: (column) => <Distance of={column} /> },
            { title: 'What', cell: (column) => <What of={column} /> },
            side(sides, 'current', ({ version }) => version),
            side(sides, 'reference', ({ baseline }) => baseline),
          ]}
        />
      )}
      {absent.length > 0 && <Missing rows={absent} sides={sides} model={model} range={range} />}
    </section>
  );
}

type Moments = ComparedColumn['version'];

/** Middle of the values, share without a value, and n of one of the two. */
function side(sides: Sides, which: 'reference' | 'current', of: (column: ComparedColumn) => Moments) {
  return {
    title: sentenceCase(sides[which]),
    align: 'right' as const,
    cell: (column: ComparedColumn) => {
      const { n, missing: none, p50 } = of(column);
      const middle = p50 === null ? '' : `median ${digits(p50, 4)}, `;
      return (
        <>
          {middle}
          {n === 0 ? NOTHING : `${percent(none / n)} missing`}
          <div className={classes.quiet}>n = {count(n)}</div>
        </>
      );
    },
  };
}

function Distance({ of: { score } }: { of: ComparedColumn }) {
  return (
    <>
      <b>{quantity(score.value)}</b>
      <div className={classes.quiet}>{interval(score.low, score.high)}</div>
    </>
  );
}

function What({ of }: { of: ComparedColumn }) {
  const { state, text } = columnVerdict(of);
  return (
    <span className={classes.verdict}>
      <StateMark state={state} word={false} /> {text}
    </span>
  );
}

function Missing({
  rows,
  sides,
  model,
  range,
}: Omit<Props, 'found'> & { readonly rows: readonly ComparedMissing[] }) {
  return (
    <>
      <h3>Missing values that differ, more than chance</h3>
      <PlainTable
        label={`Missing values of ${sides.current} beside ${sides.reference}`}
        rows={rows}
        rowKey={({ name }) => name}
        stack
        columns={[
          {
            title: 'Column',
            cell: ({ name }) => <Link {...paths.column(model.id, name, range)}>{columnName(name)}</Link>,
          },
          {
            title: sentenceCase(sides.current),
            align: 'right',
            cell: ({ version }) => <Figure of={version} unit="share" />,
          },
          {
            title: sentenceCase(sides.reference),
            align: 'right',
            cell: ({ baseline }) => <Figure of={baseline} unit="share" />,
          },
          {
            title: 'Difference, 95 % interval',
            align: 'right',
            cell: ({ difference }) => <Difference of={difference} unit="share" />,
          },
        ]}
      />
    </>
  );
}
