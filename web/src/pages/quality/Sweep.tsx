import type { ModelQuality } from '../../api/types.ts';
import { digits, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { figureOf, surenessOf } from '../model/versions/words.ts';
import classes from './quality.module.css';

type Point = ModelQuality['sweep'][number];

/** What other thresholds on the score would have done in this range. */
export function Sweep({ points, positive }: { points: readonly Point[]; positive: string | null }) {
  return (
    <section aria-label="Other thresholds">
      <h2>Had {positive} been answered from another score on</h2>
      <PlainTable
        label="Other thresholds"
        rows={points}
        rowKey={({ threshold }) => threshold}
        columns={[
          { title: 'Score from', align: 'right', cell: ({ threshold }) => digits(threshold) },
          { title: `Answered ${positive}`, align: 'right', cell: ({ flagged }) => percent(flagged) },
          { title: 'Precision', align: 'right', cell: ({ precision }) => <Figure of={precision} /> },
          { title: 'Recall', align: 'right', cell: ({ recall }) => <Figure of={recall} /> },
          { title: 'F1', align: 'right', cell: ({ f1 }) => <Figure of={f1} /> },
        ]}
      />
    </section>
  );
}

function Figure({ of }: { of: Point['precision'] }) {
  return (
    <>
      {figureOf(of, 'share')}
      <span className={classes.sure}>{of.value === null ? '' : surenessOf(of, 'share').split(',')[0]}</span>
    </>
  );
}
