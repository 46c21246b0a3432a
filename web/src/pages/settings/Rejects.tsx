import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { rejectsQuery } from '../../api/queries.ts';
import type { Receipt, Reject } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { type RowColumn, Rows } from '../../ui/Rows.tsx';
import { words } from '../metric.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** How many the API sends again at a time. */
const AT_A_TIME = 1000;

export function Rejects() {
  const rejects = useInfiniteQuery(rejectsQuery());
  const [open, setOpen] = useState<Reject | null>(null);
  const replay = useChange(
    (ids: string[]) => api.post<Receipt>(address('/rejects/replay'), { ids }),
    address('/rejects'),
  );
  const rows = rejects.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = rows.filter((row) => row.replayed_at === null).slice(0, AT_A_TIME);
  const columns: RowColumn<Reject>[] = [
    { id: 'at', title: 'Received', width: '136px', cell: (row) => <Moment at={row.received_at} /> },
    { id: 'kind', title: 'Kind', width: '80px', cell: (row) => row.kind },
    { id: 'model', title: 'Model', width: '140px', cell: (row) => row.model },
    { id: 'code', title: 'Reason', width: '140px', cell: (row) => words(row.code) },
    { id: 'message', title: 'What was wrong', width: 'minmax(240px, 1fr)', cell: (row) => row.message },
    {
      id: 'replay',
      title: '',
      width: '220px',
      align: 'right',
      cell: (row) => (
        <span className={classes.buttons}>
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => setOpen(open?.id === row.id ? null : row)}
          >
            {open?.id === row.id ? 'Hide' : 'Show'}
          </Button>
          {row.replayed_at === null ? (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => replay.mutate([row.id])}
              disabled={replay.isPending}
            >
              Send again
            </Button>
          ) : (
            <>
              sent again <Ago at={row.replayed_at} />
            </>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <p className={classes.intro}>
        Events that were refused, kept as they came with the reason. Put right what was wrong, then send them
        again; good events beside them were stored.
      </p>
      {replay.isError && <Failure what="Nothing was sent again:" error={replay.error} />}
      {replay.data !== undefined && (
        <p role="status">
          {plural(replay.data.received, 'event')} sent again: {replay.data.stored} stored,{' '}
          {replay.data.duplicates} known already, {replay.data.rejected_total} refused again.
        </p>
      )}
      <Loaded of={rejects} what="The rejected events could not be read:" height={300}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No event was refused." />
          ) : (
            <>
              {waiting.length > 0 && (
                <Button
                  variant="default"
                  onClick={() => replay.mutate(waiting.map(({ id }) => id))}
                  disabled={replay.isPending}
                >
                  Send all {plural(waiting.length, 'event')} again
                </Button>
              )}
              {open !== null && <pre className={classes.raw}>{pretty(open.raw)}</pre>}
              <Rows
                label="Rejected events"
                columns={columns}
                rows={rows}
                rowKey={(row) => row.id}
                height={32}
                selected={(row) => row.id === open?.id}
                onEnd={() => {
                  if (rejects.hasNextPage && !rejects.isFetchingNextPage) void rejects.fetchNextPage();
                }}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
