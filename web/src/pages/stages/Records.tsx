import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stageRecordsQuery } from '../../api/stage-queries.ts';
import type { Model, StoredStage } from '../../api/types.ts';
import { duration } from '../../number/format.ts';
import { moment } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { LinksOut, useHasLinks } from '../links/LinksOut.tsx';
import { ofStage } from '../links/values.ts';
import classes from './stages.module.css';

/** Records that are shown at once. */
const SHOWN = 50;

/** The newest records of a range, those with a text in their message, or only what is serious. */
export function Records({ model, range }: { model: Model; range: Range }) {
  const [text, setText] = useState('');
  const [serious, setSerious] = useState(false);
  const [q] = useDebouncedValue(text.trim(), 300);
  const asked = useQuery(
    stageRecordsQuery(model.id, range, {
      q: q || undefined,
      level: serious ? 'warn' : undefined,
      limit: SHOWN,
    }),
  );
  return (
    <section aria-label="Records">
      <h2>Records</h2>
      <div className={classes.filter}>
        <TextInput
          size="xs"
          aria-label="Text in the message"
          placeholder="Text in the message"
          value={text}
          maxLength={256}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label="Warnings and errors only"
          checked={serious}
          onChange={(event) => setSerious(event.currentTarget.checked)}
        />
      </div>
      <Loaded
        of={asked}
        what="The records could not be read:"
        height={300}
        skeleton={<TableSkeleton rows={8} height={32} />}
      >
        {({ items, next_cursor }) =>
          items.length === 0 ? (
            <p>None in this range.</p>
          ) : (
            <>
              <Table items={items} model={model.id} />
              {next_cursor !== null && <p className={classes.quiet}>The newest {SHOWN}; there are more.</p>}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Table({ items, model }: { items: readonly StoredStage[]; model: string }) {
  const linked = useHasLinks('log');
  const zone = useZone();
  return (
    <PlainTable
      label="Records"
      stack
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'Time',
          cell: ({ time }) => <span className={classes.time}>{moment(Date.parse(time), zone)}</span>,
        },
        { title: 'Stage', cell: ({ stage }) => stage },
        { title: 'Level', cell: ({ level }) => <span data-level={level}>{level}</span> },
        {
          title: 'Message',
          cell: ({ message, attributes, trace_id, request_id }) => (
            <>
              <code className={classes.line}>{message === '' ? '–' : message}</code>
              <Facts
                facts={{ ...attributes, ...(request_id && { request_id }), ...(trace_id && { trace_id }) }}
              />
            </>
          ),
        },
        {
          title: 'Took',
          align: 'right',
          value: (row) => row.duration_ms,
          cell: ({ duration_ms: ms }) =>
            ms === null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : duration(ms),
        },
        ...(linked
          ? [
              {
                title: 'Open in',
                cell: (row: StoredStage) => <LinksOut place="log" values={ofStage(model, row)} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Facts({ facts }: { facts: Readonly<Record<string, string>> }) {
  const all = Object.entries(facts);
  if (all.length === 0) return null;
  return (
    <span className={classes.quiet}>
      {' '}
      {all
        .slice(0, 6)
        .map(([name, value]) => `${name}=${value.slice(0, 80)}`)
        .join(' ')}
    </span>
  );
}
