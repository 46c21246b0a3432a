import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { sessionQuery, storageQuery } from '../../api/queries.ts';
import type { Storage as Stored, StoredTable } from '../../api/types.ts';
import { bytes, compact, NOTHING, plural } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** Further ahead than this nobody plans. */
const FAR_DAYS = 3650;

/** Fewer days than this until the disk is full is something to look at now. */
const SOON_DAYS = 30;

export function Storage() {
  const storage = useQuery(storageQuery);
  return (
    <>
      <p className={classes.intro}>
        What is stored, and for how long. Whole months are dropped once all of them is older. A model may keep
        its predictions for a time of its own.
      </p>
      <Loaded
        of={storage}
        what="The sizes could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={11} height={44} />}
      >
        {(stored) => (
          <>
            <Room stored={stored} />
            <Tables items={stored.items} />
            <LedgerTables tables={stored.ledger.tables} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Room({ stored: { lake, ledger, full_in_days } }: { stored: Stored }) {
  const soon = full_in_days !== null && full_in_days < SOON_DAYS;
  const outlook =
    full_in_days === null
      ? 'It does not grow, or not for long enough to tell.'
      : full_in_days > FAR_DAYS
        ? "At today's pace the disk lasts for more than ten years."
        : `At today's pace the disk is full in ${plural(full_in_days, 'day')}.`;
  return (
    <p className={classes.state}>
      <StateMark state={soon ? 'warning' : 'ok'} label="Disk" word={false} />
      Lake {bytes(lake.bytes)}, ledger {bytes(ledger.bytes)}; {bytes(lake.free_bytes)} of{' '}
      {bytes(lake.total_bytes)} free. {outlook}
    </p>
  );
}

function Tables({ items }: { items: readonly StoredTable[] }) {
  const session = useQuery(sessionQuery);
  const mayChange = session.data?.user.role === 'admin';
  return (
    <PlainTable
      stack
      label="What is stored"
      rows={items}
      rowKey={({ name }) => name}
      columns={[
        {
          title: 'What',
          value: ({ title }) => title,
          cell: ({ name, title }) => <span title={name}>{title}</span>,
        },
        { title: 'Rows', align: 'right', value: ({ rows }) => rows, cell: ({ rows }) => compact(rows) },
        { title: 'Today', align: 'right', value: (item) => item.bytes, cell: (item) => bytes(item.bytes) },
        {
          title: 'A day',
          align: 'right',
          value: (item) => item.bytes_per_day,
          cell: (item) => bytes(item.bytes_per_day),
        },
        {
          title: 'In 30 days',
          align: 'right',
          value: (item) => item.bytes_in_30_days,
          cell: (item) => bytes(item.bytes_in_30_days),
        },
        {
          title: 'In a year',
          align: 'right',
          value: (item) => item.bytes_in_365_days,
          cell: (item) => bytes(item.bytes_in_365_days),
        },
        {
          title: 'Oldest',
          value: ({ oldest }) => oldest,
          cell: ({ oldest }) => (oldest === null ? NOTHING : <Moment at={oldest} />),
        },
        {
          title: 'Kept for',
          align: 'right',
          cell: (item) => (mayChange ? <Days item={item} /> : keptFor(item.days)),
        },
      ]}
    />
  );
}

/** The tables that are worth a line; the rest is one. */
const SHOWN = 12;

function LedgerTables({ tables }: { tables: Stored['ledger']['tables'] }) {
  if (tables === null)
    return (
      <p className={classes.intro}>
        The ledger is too large to be counted table by table while you wait: above 256 MB SQLite has to look
        at every page.
      </p>
    );
  const rest = tables.slice(SHOWN);
  const rows = tables.slice(0, SHOWN);
  if (rest.length > 0)
    rows.push({
      name: plural(rest.length, 'other'),
      bytes: rest.reduce((sum, table) => sum + table.bytes, 0),
    });
  return (
    <PlainTable
      label="The ledger, table by table with its indexes"
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { title: 'Table of the ledger', cell: ({ name }) => name },
        { title: 'Today', align: 'right', cell: (table) => bytes(table.bytes) },
      ]}
    />
  );
}

const keptFor = (days: number | null) => (days === null ? 'ever' : plural(days, 'day'));

function Days({ item }: { item: StoredTable }) {
  const [days, setDays] = useState<number | string>(item.days ?? '');
  const change = useChange(
    (wanted: number | null) => api.patch(address('/storage/:name', { name: item.name }), { days: wanted }),
    address('/storage'),
  );
  const wanted = days === '' ? null : Number(days);
  return (
    <form
      className={classes.days}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(wanted);
      }}
    >
      <NumberInput
        aria-label={`Days that ${item.title} are kept; empty for ever`}
        placeholder="ever"
        suffix=" days"
        min={item.least_days}
        max={36_500}
        allowDecimal={false}
        value={days}
        onChange={setDays}
        size="xs"
        w={104}
      />
      {wanted !== item.days && (
        <Button type="submit" size="compact-xs" variant="default" disabled={change.isPending}>
          Keep
        </Button>
      )}
      {change.isError && <Failure what="Nothing was changed:" error={change.error} />}
    </form>
  );
}
