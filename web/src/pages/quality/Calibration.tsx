import type { ModelQuality } from '../../api/types.ts';
import { count, interval, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { Beside } from './Beside.tsx';
import classes from './quality.module.css';

type Bin = ModelQuality['calibration'][number];

/** Of those that scored so much, how many were of the positive class, or of several classes answered rightly: predicted against observed. */
export function Calibration({ bins, positive }: { bins: readonly Bin[]; positive: string | null }) {
  return (
    <section aria-label="Calibration">
      <h2>
        {positive === null
          ? 'Calibration: share of right answers, promised by the winning probability against observed'
          : `Calibration: share of ${positive}, predicted by the score against observed`}
      </h2>
      <p className={frame.quiet}>
        <span className={classes.key} data-part="reference" /> predicted{' '}
        <span className={classes.key} data-part="current" /> observed
      </p>
      <PlainTable
        label="Calibration"
        rows={bins}
        rowKey={({ from }) => from}
        stack
        columns={[
          {
            title: positive === null ? 'Probability' : 'Score',
            cell: ({ from, to }) => interval(from, to, 'share'),
          },
          {
            title: 'Both',
            cell: ({ predicted, observed }) => <Beside first={predicted} second={observed} />,
          },
          { title: 'Predicted', align: 'right', cell: ({ predicted }) => percent(predicted) },
          { title: 'Observed', align: 'right', cell: ({ observed }) => percent(observed) },
          {
            title: '95 % interval',
            align: 'right',
            cell: ({ low, high, predicted, n }) => (
              <div>
                <span className={predicted < low || predicted > high ? classes.off : undefined}>
                  {interval(low, high, 'share')}
                  {predicted < low ? ', above the score' : predicted > high ? ', below the score' : ''}
                </span>
                <div className={frame.quiet}>n = {count(n)}</div>
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
