import type { ModelQuality } from '../../api/types.ts';
import { digits, interval, percent } from '../../number/format.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { figureOf } from '../measured/words.ts';

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
        stack
        columns={[
          { title: 'Score', align: 'right', cell: ({ threshold }) => `from ${digits(threshold)}` },
          { title: `Answered ${positive}`, align: 'right', cell: ({ flagged }) => percent(flagged) },
          { title: 'Precision', align: 'right', cell: ({ precision }) => <Value of={precision} /> },
          { title: 'Recall', align: 'right', cell: ({ recall }) => <Value of={recall} /> },
          { title: 'F1', align: 'right', cell: ({ f1 }) => <Value of={f1} /> },
          ...(best === undefined
            ? []
            : [
                {
                  title: `Value per prediction${unit === '' ? '' : `, ${unit}`}`,
                  align: 'right' as const,
                  cell: (point: Point) => (
                    <div>
                      {point.value !== null && <Value of={point.value} unit="" />}
                      {point === best && <div className={frame.quiet}>the most of these</div>}
                    </div>
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

/** Beside each other they are of the same predictions: how many is not said again. */
function Value({ of, unit = 'share' }: { of: Point['precision']; unit?: string }) {
  return (
    <div>
      {figureOf(of, unit)}
      <div className={frame.quiet}>{interval(of.low, of.high, unit)}</div>
    </div>
  );
}
