import type { ModelQuality } from '../../api/types.ts';
import { count, duration, percent, plural } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { figureOf, surenessOf } from '../measured/words.ts';
import { Beside } from './Beside.tsx';
import classes from './quality.module.css';

/** How many predictions have their label, how complete that is by now, and how long labels take. */
export function Coverage({ quality }: { quality: ModelQuality }) {
  const { coverage, labels_waiting, labels_misfit } = quality;
  const { maturity, steps, human, contradicted, early, settled } = coverage;
  const zone = useZone();
  const remarks = [
    ...(human > 0 ? [`${plural(human, 'label')} given by a person`] : []),
    ...(contradicted > 0
      ? [`${plural(contradicted, 'prediction')} with labels that contradict each other`]
      : []),
    ...(early > 0 ? [`${plural(early, 'label')} known before the prediction`] : []),
    ...(labels_misfit > 0
      ? [`${plural(labels_misfit, 'label')} of another type, refused and kept among the rejects`]
      : []),
    ...(labels_waiting > 0
      ? [`${plural(labels_waiting, 'label')} of any time for ids without a prediction`]
      : []),
  ];
  return (
    <section aria-label="Labels">
      <h2>Labels: how many predictions have theirs, and how complete that is by now</h2>
      <p className={frame.quiet}>
        <span className={classes.key} data-part="reference" /> complete{' '}
        <span className={classes.key} data-part="current" /> labelled
      </p>
      <div className={classes.beside}>
        <PlainTable
          label="Coverage of labels"
          rows={steps}
          rowKey={({ from }) => from}
          stack
          columns={[
            {
              title: 'Predictions of',
              cell: ({ from, to }) => span({ from: Date.parse(from), to: Date.parse(to) }, zone),
            },
            { title: 'n', align: 'right', cell: ({ predictions }) => count(predictions) },
            {
              title: 'Both',
              cell: ({ labelled, complete }) => <Beside first={complete ?? 0} second={labelled.value ?? 0} />,
            },
            { title: 'Labelled', align: 'right', cell: ({ labelled }) => percent(labelled.value) },
            {
              title: 'Of those to come',
              align: 'right',
              cell: ({ complete }) => (complete === null ? '–' : percent(complete)),
            },
          ]}
        />
        {maturity.length > 0 && (
          <PlainTable
            label="How long labels take"
            rows={maturity}
            rowKey={({ age_ms }) => age_ms}
            columns={[
              { title: 'After', align: 'right', cell: ({ age_ms }) => duration(age_ms) },
              {
                title: 'Labels that have come',
                align: 'right',
                cell: ({ share }) => <b>{figureOf(share, 'share')}</b>,
              },
              { title: '95 % interval', align: 'right', cell: ({ share }) => surenessOf(share, 'share') },
            ]}
          />
        )}
      </div>
      {maturity.length > 0 && !settled && (
        <p className={frame.quiet}>
          No prediction of this range is old enough to have all its labels: labels that take long are missing
          here.
        </p>
      )}
      {remarks.length > 0 && <p className={frame.quiet}>{remarks.join('; ')}.</p>}
    </section>
  );
}
