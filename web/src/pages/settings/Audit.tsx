import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { auditPages, auditVerifyQuery } from '../../api/audit-queries.ts';
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
import { useSettledValue } from '../../ui/useSettledValue.ts';
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

/** Longer chains are checked when somebody asks for it: a million entries keep the server busy for a good part of a minute. */
const CHECKED_BY_ITSELF = 20_000;
/** A search goes on by itself until it has as many. */
const FOUND = 50;

export function Audit() {
  const [typed, setTyped] = useState('');
  const search = useSettledValue(typed.trim());
  const audit = useInfiniteQuery(auditPages(search));
  const room = useRoom();
  const rows = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = audit;
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  const goesOn = search !== '' && rows.length < FOUND && hasNextPage;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const reached = audit.data?.pages.at(-1)?.next_cursor;
  return (
    <>
      <p className={classes.intro}>
        Every change, chained: each entry's hash covers the one before it, so that none can be altered or
        removed unseen.
      </p>
      <Chain />
      <TextInput
        label="Who, what or to what"
        placeholder="ada, user create, credit-risk"
        w={280}
        maw="100%"
        mb={12}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <p className={classes.quiet} role="status">
        {goesOn && reached != null && `Looked through the log back to No. ${count(Number(reached))} …`}
      </p>
      <Loaded
        of={audit}
        what="The audit log could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={12} height={28} />}
      >
        {() =>
          rows.length === 0 ? (
            !goesOn && <Empty title={search === '' ? 'Nothing was changed yet.' : 'No entry fits.'} />
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
              onEnd={more}
            />
          )
        }
      </Loaded>
    </>
  );
}

/** Whether the chain is whole. */
function Chain() {
  const [asked, setAsked] = useState(false);
  const entries = useInfiniteQuery(auditPages('')).data?.pages[0]?.items[0]?.seq;
  const checks = asked || (entries !== undefined && entries <= CHECKED_BY_ITSELF);
  const verified = useQuery({ ...auditVerifyQuery, enabled: checks });
  if (!checks)
    return (
      <p className={classes.state}>
        <Button variant="default" disabled={entries === undefined} onClick={() => setAsked(true)}>
          Check the chain of {count(entries ?? 0)} entries
        </Button>
      </p>
    );
  return (
    <Loaded of={verified} what="The chain could not be checked:" height={20}>
      {({ entries: all, hash, broken }) => (
        <p className={classes.state}>
          <StateMark state={broken === null ? 'ok' : 'failing'} label="Chain" word={false} />
          {broken === null
            ? `Verified: all ${count(all)} entries are as they were written, ending in ${hash.slice(0, 12)}.`
            : `Broken at entry ${count(broken.seq)}: ${words(broken.reason)}.`}
        </p>
      )}
    </Loaded>
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
