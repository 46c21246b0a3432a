import { Link } from '@tanstack/react-router';
import type { ModelQuality, QualityMeasure } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { Difference, Figure, Verdict } from '../measured/Measured.tsx';
import { figureOf } from '../measured/words.ts';
import { sentenceCase } from '../metric.ts';

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
        <p className={frame.quiet}>
          Quality is judged by {reference.name} since <Moment at={reference.judged_from} />.
        </p>
      )}
      {!labelled && (
        <p className={frame.quiet}>
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
                  cell: ({ difference, unit }: QualityMeasure) => <Difference of={difference} unit={unit} />,
                },
                { title: 'Verdict', cell: ({ verdict }: QualityMeasure) => <Verdict of={verdict} /> },
              ]
            : []),
        ]}
      />
      {quality.dummy !== null && <p className={frame.quiet}>{quality.dummy}</p>}
      <p className={frame.quiet}>
        Any of them can be watched: <Link {...paths.modelSettings(model, 'monitors')}>add a monitor</Link> of
        the kind performance and choose its metric.
      </p>
    </section>
  );
}

/** What a dummy gets on the same labelled predictions. */
function OfDummy({ of: { dummy, unit } }: { of: QualityMeasure }) {
  return dummy.value === null ? <span className={frame.quiet}>–</span> : <span>{figureOf(dummy, unit)}</span>;
}
