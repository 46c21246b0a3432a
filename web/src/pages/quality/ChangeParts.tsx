import type { QualityChange } from '../../api/types.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { sentenceCase } from '../metric.ts';

type Part = QualityChange['parts'][number];

const NAMES: Readonly<Record<Part['id'], string>> = {
  change: 'Change in all',
  covariate: 'Covariate shift',
  prior: 'Prior shift',
  concept: 'Concept drift',
};

/** What a change of quality is made of; the parts add up to the change. */
export function ChangeParts({ change: { title, parts } }: { change: QualityChange }) {
  return (
    <section aria-label="What the change is made of">
      <h2>
        {sentenceCase(title)} of this range against the labelled predictions before: what the change is made
        of
      </h2>
      <PlainTable
        label="What the change is made of"
        rows={parts}
        rowKey={({ id }) => id}
        stack
        columns={[
          { title: 'Part', cell: ({ id }) => (id === 'change' ? <b>{NAMES[id]}</b> : NAMES[id]) },
          { title: 'Points', align: 'right', cell: ({ value }) => <b>{signed(value)}</b> },
          {
            title: '95 % interval',
            align: 'right',
            cell: ({ low, high }) => `${signed(low)} to ${signed(high)}`,
          },
          { title: 'Means', cell: ({ sentence }) => sentence },
        ]}
      />
      <p className={frame.quiet}>
        The parts add up to the change. What inputs did that scores do not show is counted as concept drift.
      </p>
    </section>
  );
}

/** What is nothing to four places has no sign. */
function signed(x: number): string {
  const size = Math.abs(x).toFixed(4);
  return `${Number(size) === 0 ? '±' : x < 0 ? '−' : '+'}${size}`;
}
