import type { ComparedMeasure, Measured, VersionComparison } from '../../../api/types.ts';
import type { Sides } from '../../../charts/sides.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import { sentenceCase } from '../../metric.ts';
import classes from './versions.module.css';
import { byOf, figureOf, surenessOf, verdictOf } from './words.ts';

/** Quality and serving of both versions, what they differ by, and whether that is more than chance. */
export function MeasuresBeside({ found, sides }: { found: VersionComparison; sides: Sides }) {
  const { measures, quality_unknown } = found;
  return (
    <section aria-label="Quality and serving">
      <h3>Quality and serving</h3>
      {quality_unknown !== null && <p className={classes.quiet}>Quality: {quality_unknown.sentence}</p>}
      <PlainTable
        label={`Quality and serving of ${sides.current} beside ${sides.reference}`}
        rows={measures}
        rowKey={({ id }) => id}
        stack
        columns={[
          { title: 'Measure', cell: ({ title }) => sentenceCase(title) },
          {
            title: sentenceCase(sides.current),
            align: 'right',
            cell: ({ version, unit }) => <Value of={version} unit={unit} />,
          },
          {
            title: sentenceCase(sides.reference),
            align: 'right',
            cell: ({ baseline, unit }) => <Value of={baseline} unit={unit} />,
          },
          { title: 'Difference, 95 % interval', align: 'right', cell: (measure) => <By measure={measure} /> },
          { title: 'Verdict', cell: (measure) => <Verdict measure={measure} /> },
        ]}
      />
    </section>
  );
}

export function Value({ of, unit }: { of: Measured; unit: string }) {
  return (
    <div>
      <b>{figureOf(of, unit)}</b>
      <div className={classes.quiet}>{surenessOf(of, unit)}</div>
    </div>
  );
}

function By({ measure: { difference, unit } }: { measure: ComparedMeasure }) {
  const told = byOf(difference, unit);
  if (told === null) return <span className={classes.quiet}>–</span>;
  return (
    <div>
      <b>{told.by}</b>
      <div className={classes.quiet}>{told.sure}</div>
    </div>
  );
}

function Verdict({ measure }: { measure: ComparedMeasure }) {
  const { state, text } = verdictOf(measure);
  return (
    <span className={classes.verdict}>
      <StateMark state={state} word={false} /> {text}
    </span>
  );
}
