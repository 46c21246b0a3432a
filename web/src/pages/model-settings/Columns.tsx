import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Column, ColumnType } from '../../../../contract/model.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Model } from '../../api/types.ts';
import { percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Ask } from '../../ui/Ask.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { columnName } from '../metric.ts';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import classes from './model-settings.module.css';
import { SaveBar } from './SaveBar.tsx';
import { type Draft, useDraft } from './useDraft.ts';

/** What a column can be taken for, by how it is stored. */
const TYPES: Record<Column['stored_as'], readonly ColumnType[]> = {
  number: ['numeric', 'categorical', 'identifier', 'time', 'ignored'],
  text: ['categorical', 'boolean', 'text', 'identifier', 'time', 'ignored'],
};

const LABEL: Record<ColumnType, string> = {
  numeric: 'numeric',
  categorical: 'categorical',
  boolean: 'boolean',
  text: 'text',
  identifier: 'identifier',
  time: 'time',
  ignored: 'ignored: do not watch',
};

const WATCHED: Record<ColumnType, string> = {
  numeric: 'its values',
  categorical: 'its values',
  boolean: 'its values',
  text: 'missing and invalid values',
  identifier: 'missing and invalid values',
  time: 'missing and invalid values',
  ignored: 'nothing',
};

/** More columns than this are searched, not scrolled. */
const MANY = 20;

/** What the columns of a model are, what is watched of them, and how much they count. */
export function Columns({ model }: { model: Model }) {
  const draft = useDraft(model);
  const [query, setQuery] = useState('');
  const may = useMay();
  if (model.columns.length === 0)
    return <Empty title="No column yet.">Each column appears with the first prediction that has it.</Empty>;
  const shown = model.columns.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  return (
    <>
      <p className={classes.intro}>
        Identifiers, free text and times are recognised from the first thousand values of a column, and not
        watched as categories. Values are stored as they come, whatever a column is taken for. Numbers that
        stand for something else (classes, postal codes) can be categorical: what is kept of them is counted
        anew.
      </p>
      <Importance draft={draft} />
      {model.columns.length > MANY && (
        <TextInput
          aria-label="Find a column"
          placeholder={`Find one of ${plural(model.columns.length, 'column')}`}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          w={280}
        />
      )}
      <PlainTable
        stack
        label={`Columns of ${model.id}`}
        rows={shown}
        rowKey={({ name }) => name}
        columns={[
          {
            title: 'Column',
            cell: ({ name }) => <Link {...paths.column(model.id, name)}>{columnName(name)}</Link>,
          },
          { title: 'Is', cell: (column) => <TypeOf column={column} draft={draft} /> },
          {
            title: 'Watched',
            cell: (column) => (
              <>
                {WATCHED[draft.draft.columns?.[column.name]?.type ?? column.type]}
                {column.protection !== null && (
                  <span className={classes.why}>protected: {column.protection}</span>
                )}
                {column.recognised !== null && (
                  <span className={classes.why}>
                    recognised as {column.type}: {column.recognised}
                  </span>
                )}
              </>
            ),
          },
          {
            title: 'Importance',
            align: 'right',
            cell: (column) => <ImportanceOf column={column} draft={draft} />,
          },
          {
            title: 'May be quoted in messages',
            cell: ({ name, safe }) => (
              <Switch
                aria-label={`Values of ${columnName(name)} may be quoted in messages`}
                checked={draft.draft.columns?.[name]?.safe ?? safe}
                disabled={!may.write}
                onChange={(event) => draft.setColumn(name, { safe: event.currentTarget.checked })}
              />
            ),
          },
          ...(may.admin
            ? [
                {
                  title: <Hidden>Delete</Hidden>,
                  align: 'right' as const,
                  cell: ({ name }: Column) =>
                    name.startsWith('_') ? null : <DeleteColumn model={model.id} name={name} />,
                },
              ]
            : []),
        ]}
      />
      <SaveBar draft={draft} />
    </>
  );
}

function TypeOf({ column: { name, type, stored_as }, draft }: { column: Column; draft: Draft }) {
  const may = useMay();
  if (name.startsWith('_')) return <>{type}</>;
  return (
    <Select
      aria-label={`What ${name} is`}
      data={[...new Set([type, ...TYPES[stored_as]])].map((value) => ({ value, label: LABEL[value] }))}
      value={draft.draft.columns?.[name]?.type ?? type}
      allowDeselect={false}
      disabled={!may.write}
      onChange={(value) => draft.setColumn(name, { type: value as ColumnType })}
      miw={132}
      w={172}
    />
  );
}

/** Shares of all columns; by hand they are weights, of which the server makes shares. */
function Importance({ draft }: { draft: Draft }) {
  const may = useMay();
  const { model } = draft;
  const byHand = draft.draft.importance != null;
  const source = model.importance_source;
  return (
    <p className={classes.line}>
      {byHand
        ? 'Importance is being set by hand: any numbers, only their ratio counts.'
        : source === 'user'
          ? 'Importance was set by hand.'
          : source === null
            ? 'Importance is not known yet; it is learned from predictions.'
            : 'Importance was learned from predictions.'}
      {may.write && !byHand && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => draft.setImportance(Object.fromEntries(model.columns.filter(isFeature).map(weight)))}
        >
          Set by hand
        </Button>
      )}
      {may.write && (byHand || source === 'user') && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => draft.setImportance(source === 'user' ? null : undefined)}
        >
          {source === 'user' ? 'Learn it again' : 'As learned'}
        </Button>
      )}
    </p>
  );
}

const isFeature = ({ name }: Column) => !name.startsWith('_');
const weight = ({ name, importance }: Column): [string, number] => [
  name,
  Math.round((importance ?? 0) * 1000) / 10,
];

function ImportanceOf({ column, draft }: { column: Column; draft: Draft }) {
  const byHand = draft.draft.importance;
  if (byHand == null || !isFeature(column)) return <>{percent(column.importance)}</>;
  return (
    <NumberInput
      aria-label={`Importance of ${column.name}`}
      hideControls
      min={0}
      value={byHand[column.name] ?? 0}
      onChange={(value) => draft.setImportance({ ...byHand, [column.name]: Number(value) || 0 })}
      w={72}
    />
  );
}

function DeleteColumn({ model, name }: { model: string; name: string }) {
  const remove = useChange(
    () => api.remove(address('/models/:model/columns/:name', { model, name }, { confirm: name })),
    address('/models/:model', { model }),
  );
  return (
    <Ask
      label="Delete"
      name={`Delete ${name}`}
      title={`Delete the column ${name}?`}
      yes="Delete the column"
      typed={name}
      failed="The column was not deleted:"
      change={remove}
    >
      <p>
        All values of <strong>{name}</strong> in stored predictions, its profiles and its signals are removed
        for good. Monitors that look at nothing else go with it.
      </p>
      <p>
        When it is sent again it comes again, empty. To keep it and hear nothing of it, let it be ignored.
      </p>
    </Ask>
  );
}
