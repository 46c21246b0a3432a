import type { ModelQuality } from '../../api/types.ts';
import { digits, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { figureOf, surenessOf } from '../measured/words.ts';
import classes from './quality.module.css';

type Point = ModelQuality['sweep'][number];

/** What other thresholds on the score would have done in this range. */
export function Sweep({
  points,
  positive,
  unit,
}: {
  points: readonly Point[];
  positive: string | null;
  unit: string;
}) {
  const best = bestOf(points);
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
          ...(best === undefined
            ? []
            : [
                {
                  title: `Value per prediction${unit === '' ? '' : `, ${unit}`}`,
                  align: 'right' as const,
                  cell: (point: Point) => (
                    <>
                      {point.value !== null && figureOf(point.value, '')}
                      <span className={classes.sure}>
                        {point.value?.value == null ? '' : surenessOf(point.value, '').split(',')[0]}
                      </span>
                      {point === best && <div className={frame.quiet}>the most of these</div>}
                    </>
                  ),
                },
              ]),
        ]}
      />
    </section>
  );
}

/** The threshold that would have been worth the most; undefined where it is not known what answers are worth. */
function bestOf(points: readonly Point[]): Point | undefined {
  const worth = ({ value }: Point) => value?.value ?? Number.NEGATIVE_INFINITY;
  const best = points.reduce<Point | undefined>(
    (most, point) => (most === undefined || worth(point) > worth(most) ? point : most),
    undefined,
  );
  return best?.value?.value == null ? undefined : best;
}

function Figure({ of }: { of: Point['precision'] }) {
  return (
    <>
      {figureOf(of, 'share')}
      <span className={classes.sure}>{of.value === null ? '' : surenessOf(of, 'share').split(',')[0]}</span>
    </>
  );
}
