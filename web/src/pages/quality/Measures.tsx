import { Link } from '@tanstack/react-router';
import type { ModelQuality, QualityMeasure } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { sentenceCase } from '../metric.ts';
import { byOf, figureOf, surenessOf, verdictOf } from '../model/versions/words.ts';
import classes from './quality.module.css';

type Side = QualityMeasure['current'];

/** Every metric of the task with its interval, and what it differs from the reference by. */
export function Measures({ quality }: { quality: ModelQuality }) {
  const { measures, reference, model } = quality;
  const labelled = reference !== null && measures.some((measure) => measure.reference.value !== null);
  return (
    <section aria-label="Measures">
      <h2>
        Quality of this range{labelled ? ` beside the reference ${reference.name}` : ', with 95 % intervals'}
      </h2>
      {labelled && reference.judged_from !== null && (
        <p className={classes.quiet}>
          Quality is judged by {reference.name} since <Moment at={reference.judged_from} />.
        </p>
      )}
      {!labelled && (
        <p className={classes.quiet}>
          {reference === null ? 'There is no reference' : `The reference ${reference.name} has no labels`}:
          nothing to compare with.
        </p>
      )}
      <PlainTable
        label="Quality of this range"
        rows={measures}
        rowKey={({ id }) => id}
        stack
        columns={[
          {
            title: 'Metric',
            cell: ({ id, title }) =>
              `${sentenceCase(title)}${id === 'impact' && quality.impact?.unit ? `, ${quality.impact.unit}` : ''}`,
          },
          {
            title: 'This range',
            align: 'right',
            cell: ({ current, unit }) => <Figure of={current} unit={unit} />,
          },
          ...(quality.dummy === null
            ? []
            : [
                {
                  title: 'Dummy',
                  align: 'right' as const,
                  cell: (measure: QualityMeasure) => <OfDummy of={measure} />,
                },
              ]),
          ...(labelled
            ? [
                {
                  title: 'Reference',
                  align: 'right' as const,
                  cell: ({ reference: before, unit }: QualityMeasure) => <Figure of={before} unit={unit} />,
                },
                {
                  title: 'Difference, 95 % interval',
                  align: 'right' as const,
                  cell: (measure: QualityMeasure) => <Difference of={measure} />,
                },
                { title: 'Verdict', cell: (measure: QualityMeasure) => <Verdict of={measure} /> },
              ]
            : []),
        ]}
      />
      {quality.dummy !== null && <p className={classes.quiet}>{quality.dummy}</p>}
      <p className={classes.quiet}>
        Any of them can be watched: <Link {...paths.modelSettings(model, 'monitors')}>add a monitor</Link> of
        the kind performance and choose its metric.
      </p>
    </section>
  );
}

function Figure({ of, unit }: { of: Side; unit: string }) {
  return (
    <>
      <b>{figureOf(of, unit)}</b>
      <div className={classes.quiet}>{surenessOf(of, unit)}</div>
    </>
  );
}

/** What a dummy gets on the same labelled predictions. */
function OfDummy({ of: { dummy, unit } }: { of: QualityMeasure }) {
  return dummy.value === null ? (
    <span className={classes.quiet}>–</span>
  ) : (
    <span>{figureOf(dummy, unit)}</span>
  );
}

function Difference({ of: { difference, unit } }: { of: QualityMeasure }) {
  const told = byOf(difference, unit);
  if (told === null) return <span className={classes.quiet}>–</span>;
  return (
    <>
      <b>{told.by}</b>
      <div className={classes.quiet}>{told.sure}</div>
    </>
  );
}

function Verdict({ of }: { of: QualityMeasure }) {
  const { state, text } = verdictOf(of);
  return (
    <span className={classes.verdict}>
      <StateMark state={state} word={false} /> {text}
    </span>
  );
}
