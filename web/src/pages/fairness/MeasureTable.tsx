import type { ModelFairness } from '../../api/types.ts';
import { digits, interval } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { reasonWords } from '../../ui/reason.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import frame from '../frame/frame.module.css';
import { sentenceCase } from '../metric.ts';

type Measure = ModelFairness['attributes'][number]['measures'][number];

const VERDICT: Record<Measure['verdict'], { state: State; text: string }> = {
  fails: { state: 'failing', text: 'beyond the limit for certain' },
  doubtful: { state: 'warning', text: 'beyond the limit, not for certain' },
  holds: { state: 'ok', text: 'within the limit' },
  unknown: { state: 'not_enough_data', text: 'not known' },
};

/** How far the two groups that are furthest apart are, in each measure. */
export function MeasureTable({ measures, name }: { measures: readonly Measure[]; name: string }) {
  return (
    <PlainTable
      label={`Measures of fairness by ${name}`}
      rows={measures}
      rowKey={({ id }) => id}
      stack
      columns={[
        {
          title: 'Measure',
          cell: ({ title, asks }) => (
            <div>
              {sentenceCase(title)}
              <div className={frame.quiet}>{asks}</div>
            </div>
          ),
        },
        {
          title: 'Value, 95 % interval',
          align: 'right',
          cell: ({ value, low, high, status }) =>
            value === null ? (
              <span className={frame.quiet}>{reasonWords(status)}</span>
            ) : (
              <div>
                <b>{digits(value)}</b>
                <div className={frame.quiet}>{interval(low, high)}</div>
              </div>
            ),
        },
        {
          title: 'Limit',
          align: 'right',
          cell: ({ kind, limit }) => `${kind === 'ratio' ? 'at least' : 'at most'} ${digits(limit)}`,
        },
        {
          title: 'Between',
          cell: ({ lowest, highest }) => (lowest === null ? '–' : `${lowest} (lowest), ${highest} (highest)`),
        },
        {
          title: 'Verdict',
          cell: ({ verdict }) => (
            <span className={frame.verdict}>
              <StateMark state={VERDICT[verdict].state} word={false} /> {VERDICT[verdict].text}
            </span>
          ),
        },
      ]}
    />
  );
}
