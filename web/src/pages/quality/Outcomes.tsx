import type { ModelQuality, OutcomeMeasure } from '../../api/types.ts';
import { count, percent, plural } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { Figure } from '../measured/Measured.tsx';
import classes from './quality.module.css';

/** What the business saw of the predictions of this range, by metric of outcomes. */
export function Outcomes({ quality }: { quality: ModelQuality }) {
  const { outcomes, outcomes_other, outcomes_waiting, reference } = quality;
  const compared = reference !== null && outcomes.some((outcome) => outcome.reference.value !== null);
  return (
    <section aria-label="Outcomes">
      <h2>
        What came of the predictions of this range
        {compared ? `, beside the reference ${reference.name}` : ', with 95 % intervals'}
      </h2>
      <PlainTable
        label="Outcomes"
        rows={outcomes}
        rowKey={({ metric }) => metric}
        stack
        columns={[
          { title: 'Outcome', cell: ({ metric }) => metric },
          {
            title: 'Sum per prediction',
            align: 'right',
            cell: (of) => <Figure of={of.per_prediction} />,
          },
          ...(compared
            ? [
                {
                  title: 'In the reference',
                  align: 'right' as const,
                  cell: (of: OutcomeMeasure) => <Figure of={of.reference} />,
                },
              ]
            : []),
          {
            title: 'Predictions with one',
            align: 'right',
            cell: (of) => <Figure of={of.conversion} unit="share" />,
          },
          { title: 'Mean of one', align: 'right', cell: (of) => <Figure of={of.per_outcome} /> },
        ]}
      />
      {outcomes_other > 0 && (
        <p className={frame.quiet}>
          {plural(outcomes_other, 'outcome')} more of metrics beyond the first ten of this model, counted
          together.
        </p>
      )}
      {outcomes_waiting > 0 && (
        <p className={frame.quiet}>
          {plural(outcomes_waiting, 'outcome')} of any time name a prediction that has not come.
        </p>
      )}
      {outcomes
        .filter(({ bands }) => bands.length > 1)
        .map((outcome) => (
          <ByScore key={outcome.metric} outcome={outcome} />
        ))}
    </section>
  );
}

/** One outcome by tenths of the score: does more come of what the model holds for likely? */
function ByScore({ outcome: { metric, bands } }: { outcome: OutcomeMeasure }) {
  const most = Math.max(...bands.map(({ per_prediction }) => Math.abs(per_prediction.value ?? 0)));
  return (
    <details>
      <summary>{metric} per prediction, by score</summary>
      <PlainTable
        label={`${metric} by score`}
        rows={bands}
        rowKey={({ from }) => from}
        columns={[
          { title: 'Score', cell: ({ from, to }) => `${percent(from)} – ${percent(to)}` },
          {
            title: '',
            cell: ({ per_prediction: { value } }) => (
              <div className={classes.bars} aria-hidden="true">
                <div
                  data-part="current"
                  style={{ width: `${most === 0 ? 0 : (100 * Math.abs(value ?? 0)) / most}%` }}
                />
              </div>
            ),
          },
          {
            title: 'Per prediction',
            align: 'right',
            cell: (of) => <Figure of={of.per_prediction} />,
          },
          { title: 'Predictions', align: 'right', cell: ({ predictions }) => count(predictions) },
        ]}
      />
    </details>
  );
}
