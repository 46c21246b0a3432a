import { useQuery } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { LabelSelection } from '../../api/types.ts';
import { count, digits, interval } from '../../number/format.ts';
import { iso } from '../../time/range.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import type { PageTime } from '../useRange.ts';
import classes from './quality.module.css';

const VERDICT: Record<LabelSelection['columns'][number]['verdict'], { state: State; text: string }> = {
  same: { state: 'ok', text: 'like the rest' },
  moved: { state: 'ok', text: 'a little otherwise' },
  differs: { state: 'warning', text: 'unlike the rest' },
  unknown: { state: 'not_enough_data', text: 'not known' },
};

/** Are the labelled predictions like the rest. */
export function Selection({ model, time }: { model: string; time: PageTime }) {
  const { from, to } = time.range;
  const path = address('/models/:model/labelled', { model }, { from: iso(from), to: iso(to) });
  const found = useQuery({
    queryKey: [path] as const,
    queryFn: ({ signal }) => api.get<LabelSelection>(path, signal),
  });
  return (
    <section aria-label="Are the labelled like the rest">
      <h2>Labelled predictions beside all of the same time</h2>
      <Loaded of={found} what="The labelled could not be compared:" height={80}>
        {({ sentence, columns, labelled, predictions }) => (
          <>
            <p>
              {sentence}{' '}
              <span className={classes.quiet}>
                {count(labelled)} labelled looked at, of {count(predictions)} predictions.
              </span>
            </p>
            {columns.length > 0 && (
              <PlainTable
                label="Columns of the labelled beside all"
                rows={columns}
                rowKey={({ column }) => column}
                stack
                columns={[
                  { title: 'Column', cell: ({ column }) => column },
                  {
                    title: 'JS distance, interval',
                    align: 'right',
                    cell: ({ distance }) => (
                      <div>
                        <b>{digits(distance.value ?? 0)}</b>
                        <div className={classes.quiet}>{interval(distance.low, distance.high)}</div>
                      </div>
                    ),
                  },
                  { title: 'How', cell: ({ how }) => how ?? '–' },
                  {
                    title: 'Verdict',
                    cell: ({ verdict }) => (
                      <span>
                        <StateMark state={VERDICT[verdict].state} word={false} /> {VERDICT[verdict].text}
                      </span>
                    ),
                  },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
