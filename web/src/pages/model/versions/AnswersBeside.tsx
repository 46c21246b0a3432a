import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ComparedColumn, Model } from '../../../api/types.ts';
import { DensityChart } from '../../../charts/DensityChart.tsx';
import { byShift, shares } from '../../../charts/distribution-option.ts';
import { PairedBars } from '../../../charts/PairedBars.tsx';
import type { Sides } from '../../../charts/sides.ts';
import { count, interval, quantity } from '../../../number/format.ts';
import { paths } from '../../../paths.ts';
import type { Range } from '../../../time/range.ts';
import { StateMark } from '../../../ui/StateMark.tsx';
import { columnName, sentenceCase } from '../../metric.ts';
import { SideName } from './SideName.tsx';
import classes from './versions.module.css';
import { columnVerdict } from './words.ts';

/** Classes that are drawn. */
const CATEGORIES = 8;

interface Props {
  readonly columns: readonly ComparedColumn[];
  readonly sides: Sides;
  readonly model: Model;
  readonly range: Range;
}

/** What the two versions answered, one over the other. */
export function AnswersBeside({ columns, sides, model, range }: Props) {
  return (
    <div className={classes.answers}>
      {columns.map((column) => (
        <Answer key={column.name} column={column} sides={sides} model={model} range={range} />
      ))}
    </div>
  );
}

function Answer({
  column,
  sides,
  model,
  range,
}: Omit<Props, 'columns'> & { readonly column: ComparedColumn }) {
  const { name, type, bins, shape, score, version, baseline } = column;
  const parts = useMemo(() => shares(shape.length > 0 ? shape : bins), [shape, bins]);
  const { state, text } = columnVerdict(column);
  const title = columnName(name);
  return (
    <section aria-label={`${title} of both versions`}>
      <h3>
        <Link {...paths.column(model.id, name, range)}>{sentenceCase(title)}</Link>
      </h3>
      <p className={classes.quiet}>
        <StateMark state={state} word={false} /> {text}; JS distance {quantity(score.value)}{' '}
        {score.low !== null && `(${interval(score.low, score.high)})`}, n = {count(version.n)} and{' '}
        {count(baseline.n)}
      </p>
      {type === 'numeric' ? (
        <>
          <p className={classes.legend}>
            <SideName sides={sides} side="current" /> <SideName sides={sides} side="reference" />
          </p>
          <DensityChart column={title} shares={parts} sides={sides} height={140} />
        </>
      ) : (
        <PairedBars shares={byShift(parts).slice(0, CATEGORIES)} sides={sides} />
      )}
    </section>
  );
}
