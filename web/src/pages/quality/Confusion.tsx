import type { ModelQuality } from '../../api/types.ts';
import { count, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import frame from '../frame/frame.module.css';

type Found = NonNullable<ModelQuality['confusion']>;

/** How often each answer met each label, the commonest first, as a share of those with that label. */
export function Confusion({ confusion: { cells, other } }: { confusion: Found }) {
  const ofLabel = new Map<string, number>();
  for (const { actual, n } of cells) ofLabel.set(actual, (ofLabel.get(actual) ?? 0) + n);
  return (
    <section aria-label="Answers against labels">
      <h2>Answers against labels</h2>
      <PlainTable
        label="Answers against labels"
        rows={cells}
        rowKey={({ actual, predicted }) => JSON.stringify([actual, predicted])}
        columns={[
          { title: 'Label', value: ({ actual }) => actual, cell: ({ actual }) => actual },
          { title: 'Answer', value: ({ predicted }) => predicted, cell: ({ predicted }) => predicted },
          {
            title: '',
            cell: ({ actual, predicted }) =>
              actual === predicted ? (
                <span className={frame.quiet}>right</span>
              ) : (
                <span className={frame.verdict}>
                  <StateMark state="warning" word={false} /> wrong
                </span>
              ),
          },
          { title: 'Predictions', align: 'right', value: ({ n }) => n, cell: ({ n }) => count(n) },
          {
            title: 'Of this label',
            align: 'right',
            value: ({ actual, n }) => n / ofLabel.get(actual)!,
            cell: ({ actual, n }) => percent(n / ofLabel.get(actual)!),
          },
        ]}
      />
      {other > 0 && <p className={frame.quiet}>{count(other)} more in pairs that are not listed.</p>}
    </section>
  );
}
