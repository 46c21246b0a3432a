import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { visible } from '../../../../contract/control-characters.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { type RejectFilter, rejectsQuery } from '../../api/queries.ts';
import type { Reject } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { type RowColumn, Rows } from '../../ui/Rows.tsx';
import { Sideways } from '../../ui/Sideways.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { words } from '../metric.ts';
import { useMay } from '../useMay.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** How many the API sends again at a time. */
const AT_A_TIME = 1000;

/** Which refused events: these, or all that fit. */
export type RejectChoice = { readonly ids: readonly string[] } | { readonly filter: RejectFilter };

interface Props {
  readonly filter: RejectFilter;
  /** Those that fit and were not sent again. */
  readonly waiting: number;
  readonly replay: (choice: RejectChoice) => void;
  readonly replaying: boolean;
}

/** Refused events that fit, one by one, and what can be done with all of them. */
export function RejectRows({ filter, waiting, replay, replaying }: Props) {
  const rejects = useInfiniteQuery(rejectsQuery(filter));
  const may = useMay();
  const [open, setOpen] = useState<Reject | null>(null);
  const remove = useChange(() => api.post(address('/rejects/delete'), { filter }), address('/rejects'));
  const rows = rejects.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: RowColumn<Reject>[] = [
    { id: 'at', title: 'Received', width: '164px', cell: (row) => <Moment at={row.received_at} /> },
    { id: 'kind', title: 'Kind', width: '88px', cell: (row) => row.kind },
    { id: 'model', title: 'Model', width: '128px', cell: (row) => row.model },
    { id: 'code', title: 'Reason', width: '140px', cell: (row) => words(row.code) },
    { id: 'message', title: 'What was wrong', width: 'minmax(220px, 1fr)', cell: (row) => row.message },
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
          {row.replayed_at !== null ? (
            <>
              sent again <Ago at={row.replayed_at} />
            </>
          ) : (
            may.write && (
              <Button
                variant="default"
                size="compact-xs"
                onClick={() => replay({ ids: [row.id] })}
                disabled={replaying}
              >
                Send again
              </Button>
            )
          )}
        </span>
      ),
    },
  ];
  const some = Object.keys(filter).length > 0 ? 'these' : 'all';
  return (
    <Loaded
      of={rejects}
      what="The rejected events could not be read:"
      height={300}
      skeleton={<TableSkeleton rows={10} height={28} />}
    >
      {() => (
        <>
          {may.write && (
            <div className={classes.buttons}>
              {waiting > 0 && (
                <Button
                  variant="default"
                  size="compact-xs"
                  onClick={() => replay({ filter })}
                  disabled={replaying}
                >
                  {waiting > AT_A_TIME
                    ? `Send the newest ${plural(AT_A_TIME, 'event')} again`
                    : `Send ${some} ${plural(waiting, 'event')} again`}
                </Button>
              )}
              <Ask
                label={`Delete ${some}`}
                title={`Delete ${some} refused events?`}
                yes="Delete them"
                failed="Nothing was deleted:"
                change={remove}
              >
                <p>What was refused {toldOf(filter)} is removed for good, also what was sent again since.</p>
              </Ask>
            </div>
          )}
          {open !== null && <pre className={classes.raw}>{pretty(open.raw)}</pre>}
          <Sideways label="Rejected events" className={classes.wide}>
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
          </Sideways>
        </>
      )}
    </Loaded>
  );
}

/** `toldOf({ model: 'loans', code: 'unknown_field' })` → `of loans for “unknown field”` */
export function toldOf({ kind, model, code }: RejectFilter): string {
  const parts = [
    kind === undefined ? '' : `among ${kind}`,
    model === undefined ? '' : `of ${model === '' ? 'no model' : model}`,
    code === undefined ? '' : `for “${words(code)}”`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'of all models, for whatever reason,' : parts.join(' ');
}

function pretty(raw: string): string {
  try {
    return visible(JSON.stringify(JSON.parse(raw), null, 2));
  } catch {
    return raw;
  }
}
