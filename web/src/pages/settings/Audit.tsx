import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { auditQuery, auditVerifyQuery } from '../../api/queries.ts';
import type { AuditEntry } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { useRoom } from '../../ui/Cards.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { List } from '../../ui/List.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import type { RowColumn } from '../../ui/Rows.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { words } from '../metric.ts';
import classes from './settings.module.css';

const COLUMNS: RowColumn<AuditEntry>[] = [
  { id: 'seq', title: 'No.', width: '56px', align: 'right', cell: (entry) => count(entry.seq) },
  { id: 'at', title: 'When', width: '152px', cell: (entry) => <Moment at={entry.at} /> },
  { id: 'actor', title: 'Who', width: 'minmax(120px, 200px)', cell: (entry) => entry.actor },
  { id: 'action', title: 'Did', width: '160px', cell: (entry) => words(entry.action) },
  { id: 'target', title: 'To', width: 'minmax(120px, 220px)', cell: (entry) => entry.target },
  {
    id: 'detail',
    title: 'Detail',
    width: 'minmax(160px, 1fr)',
    cell: (entry) => (
      <code title={JSON.stringify(entry.detail, null, 2)}>{JSON.stringify(entry.detail)}</code>
    ),
  },
  {
    id: 'hash',
    title: 'Hash',
    width: '96px',
    cell: (entry) => <code title={entry.hash}>{entry.hash.slice(0, 10)}</code>,
  },
];

export function Audit() {
  const audit = useInfiniteQuery(auditQuery);
  const verified = useQuery(auditVerifyQuery);
  const room = useRoom();
  const rows = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className={classes.intro}>
        Every change, chained: each entry's hash covers the one before it, so that none can be altered or
        removed unseen.
      </p>
      <Loaded of={verified} what="The chain could not be checked:" height={20}>
        {({ entries, hash, broken }) => (
          <p className={classes.state}>
            <StateMark state={broken === null ? 'ok' : 'failing'} label="Chain" word={false} />
            {broken === null
              ? `Verified: all ${count(entries)} entries are as they were written, ending in ${hash.slice(0, 12)}.`
              : `Broken at entry ${count(broken.seq)}: ${words(broken.reason)}.`}
          </p>
        )}
      </Loaded>
      <Loaded
        of={audit}
        what="The audit log could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={12} height={28} />}
      >
        {() =>
          rows.length === 0 ? (
            <Empty title="Nothing was changed yet." />
          ) : (
            <List
              label="Audit log"
              columns={COLUMNS}
              rows={rows}
              rowKey={(entry) => String(entry.seq)}
              height={{ row: 28, card: 100 }}
              card={(entry) => <Entry entry={entry} />}
              room={room}
              sideways
              onEnd={() => {
                if (audit.hasNextPage && !audit.isFetchingNextPage) void audit.fetchNextPage();
              }}
            />
          )
        }
      </Loaded>
    </>
  );
}

/** An entry where there is no room for columns; its whole detail and hash are read by who has more. */
function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <>
      <p>
        <b>{words(entry.action)}</b> {entry.target}
      </p>
      <p>
        by {entry.actor}, <Moment at={entry.at} />
      </p>
      <code className={classes.detail}>{JSON.stringify(entry.detail)}</code>
      <p className={classes.quiet}>
        No. {count(entry.seq)}, hash {entry.hash.slice(0, 10)}
      </p>
    </>
  );
}
