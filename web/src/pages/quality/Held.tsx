import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { holdQuery } from '../../api/queries.ts';
import type { Hold, HoldRun } from '../../api/types.ts';
import { type Line, pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { count, digits, duration, NOTHING, plural } from '../../number/format.ts';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import frame from '../frame/frame.module.css';
import { ModelStack } from '../frame/ModelStack.tsx';
import { Difference, Figure } from '../measured/Measured.tsx';
import { sentenceCase } from '../metric.ts';
import type { PageTime } from '../useRange.ts';

/** Runs that the table shows; the chart has all that came. */
const LISTED = 8;

/** The labelled set that the server runs through the endpoint of the model: how good it was each time, or why that is not known. */
export function Held({ model, time }: { model: string; time: PageTime }) {
  const found = useQuery(holdQuery(model));
  const hold = found.data?.hold;
  if (hold === undefined) return null;
  return (
    <section aria-label="Labelled set">
      <h2>A labelled set, run through the endpoint of the model, with 95 % intervals</h2>
      {hold === null ? (
        <p className={frame.quiet}>
          None is run. <code>tiltmeter hold set {model} hold.csv --label … --endpoint …</code> gives it one:
          the same rows are then asked again and again, and what changes is the model.
        </p>
      ) : (
        <Runs hold={hold} time={time} />
      )}
    </section>
  );
}

function Runs({ hold, time }: { hold: Hold; time: PageTime }) {
  const { host, rows, every_ms, running, next_at, watched, metric, runs } = hold;
  const unit = hold.task === 'classes' ? 'share' : '';
  return (
    <>
      <p className={frame.quiet}>
        {plural(rows, 'row')} through {host} every {duration(every_ms)};{' '}
        {running ? (
          'it runs now.'
        ) : (
          <>
            the next run is due <Moment at={next_at} />.
          </>
        )}
      </p>
      {!watched && (
        <p>
          <StateMark state="warning" label="No monitor watches it" />
        </p>
      )}
      {runs.length > 0 && (
        <>
          <Course hold={hold} time={time} unit={unit} />
          <PlainTable
            label="Runs of the labelled set, the newest first"
            rows={runs.slice(0, LISTED)}
            rowKey={({ at }) => at}
            stack
            columns={[
              { title: 'Run', cell: ({ at }) => <Moment at={at} /> },
              {
                title: sentenceCase(metric.title),
                align: 'right',
                cell: ({ quality, failed }) =>
                  failed === null ? (
                    <Figure of={quality} unit={unit} />
                  ) : (
                    <>
                      <StateMark state="failing" label={failed.reason.replaceAll('_', ' ')} word={false} />{' '}
                      {failed.sentence}
                    </>
                  ),
              },
              {
                title: 'Lost since the first run, row by row',
                align: 'right',
                cell: ({ lost }) => <Difference of={lost} unit={unit} />,
              },
              { title: 'Answered', align: 'right', cell: (run) => <Answered of={run} /> },
              {
                title: 'Answer time, p95',
                align: 'right',
                cell: ({ latency_p95_ms: ms }) => (ms === null ? NOTHING : `${digits(ms)} ms`),
              },
            ]}
          />
          {runs.length > LISTED && (
            <p className={frame.quiet}>{plural(runs.length - LISTED, 'earlier run')} on the chart.</p>
          )}
        </>
      )}
    </>
  );
}

/** How many of the rows had an answer, and why the others had none. */
function Answered({ of: { answered, rows, unanswered } }: { of: HoldRun }) {
  return (
    <div>
      {count(answered)} of {count(rows)}
      {unanswered.map(({ reason, n, sentence }) => (
        <div key={reason} className={frame.quiet} title={sentence}>
          {count(n)} {reason.replaceAll('_', ' ')}
        </div>
      ))}
    </div>
  );
}

function Course({ hold, time, unit }: { hold: Hold; time: PageTime; unit: string }) {
  const { runs, metric, every_ms, model } = hold;
  const lines = useMemo(
    (): Line[] => [
      {
        ...{ name: metric.title, part: 'current' },
        points: pointsOf(runs.map(({ at, quality }) => ({ time: at, ...quality }))),
      },
    ],
    [runs, metric],
  );
  const name = `${sentenceCase(metric.title)}, each run`;
  return (
    <ModelStack model={model} time={time}>
      <TimeRow
        {...{ title: name, name, lines, unit, merge: 'last', zero: false, band: true, height: 120 }}
        bucket={every_ms}
      />
    </ModelStack>
  );
}
