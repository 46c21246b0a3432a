import { useQuery } from '@tanstack/react-query';
import { jobsQuery } from '../../api/queries.ts';
import type { WatchedJob } from '../../api/types.ts';
import { count, duration, NOTHING } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';

const STATE = {
  ok: 'ok',
  running: 'ok',
  learning: 'not_enough_data',
  shrunk: 'warning',
  late: 'failing',
  hanging: 'failing',
  failed: 'failing',
} as const satisfies Record<WatchedJob['verdict'], string>;

/** Each job that says when it runs: how it does, and what is expected of it. */
export function Jobs() {
  const jobs = useQuery(jobsQuery);
  return (
    <Loaded of={jobs} what="The jobs could not be read:" height={60}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No job has said anything yet.">
            At the end of a job: curl -X POST -H "Authorization: Bearer KEY" "{window.location.origin}
            /api/v1/heartbeats/nightly-features?state=ok&rows=1200"
          </Empty>
        ) : (
          <PlainTable
            stack
            label="Jobs"
            rows={items}
            rowKey={({ job }) => job}
            columns={[
              {
                title: 'How it does',
                cell: ({ verdict, sentence }) => (
                  <>
                    <StateMark state={STATE[verdict]} label={verdict} word={false} /> {sentence}
                  </>
                ),
              },
              { title: 'Model', cell: ({ model }) => model ?? NOTHING },
              { title: 'Last run', cell: ({ last }) => (last === null ? NOTHING : <Moment at={last.at} />) },
              {
                title: 'Took',
                align: 'right',
                cell: ({ last }) => (last === null ? NOTHING : duration(last.duration_ms)),
              },
              {
                title: 'Rows',
                align: 'right',
                cell: ({ last, expected }) =>
                  `${count(last?.rows)}${expected.rows === null ? '' : ` (usually ${count(expected.rows)})`}`,
              },
              {
                title: 'Expected',
                cell: ({ expected }) =>
                  expected.by === null ? (
                    'not known yet'
                  ) : (
                    <>
                      by <Moment at={expected.by} />
                    </>
                  ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
