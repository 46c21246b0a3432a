import { Autocomplete, Button, MultiSelect, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Model, PredictionRecord } from '../../api/types.ts';
import { Cross } from '../../ui/icons.tsx';
import {
  ALONE,
  condition,
  conditionText,
  FIXED,
  fieldName,
  hasRightAndWrong,
  OPERATORS,
  RIGHT,
  TAG,
  tagNames,
  UNLABELLED,
  WITH_ERROR,
  WRONG,
} from './filter.ts';
import classes from './predictions.module.css';
import { suggestions } from './values.ts';

const page = getRouteApi('/shell/models/$model/predictions');

interface Props {
  readonly model: Model;
  readonly where: readonly string[];
  readonly show: readonly string[];
  /** Records on screen: they know the names of tags and what values look like. */
  readonly records: readonly PredictionRecord[];
}

/** Conditions that all must hold, and which features a row shows. Both are the URL. */
export function Filter({ model, where, show, records }: Props) {
  const navigate = page.useNavigate();
  const set = (change: { where?: readonly string[]; show?: readonly string[] }) =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, resetScroll: false });
  const names = model.columns.map(({ name }) => name).filter((name) => !name.startsWith('_'));
  const prediction = model.columns.find(({ name }) => name === '_prediction');
  const classesOnly = hasRightAndWrong(model.task, prediction?.type === 'numeric');
  const tags = tagNames(records).map((name) => TAG + name);
  const versions = model.versions.length > 1 ? model.versions : [];
  // What a choice shows already is not told twice.
  const told = new Set([
    ...outcomes(classesOnly).map(({ value }) => value),
    ...versions.map((version) => VERSION + version),
  ]);
  const free = where.filter((one) => !told.has(one));
  return (
    <section aria-label="Filter" className={classes.filter}>
      {free.length > 0 && (
        <ul className={classes.conditions}>
          {free.map((one) => (
            <li key={one}>
              <button
                type="button"
                onClick={() => set({ where: where.filter((other) => other !== one) })}
                aria-label={`Remove: ${conditionText(one)}`}
              >
                {conditionText(one)} <Cross />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Outcome where={where} right={classesOnly} set={(next) => set({ where: next })} />
      {versions.length > 0 && (
        <OneOf
          label="Version"
          start={VERSION}
          values={versions}
          where={where}
          set={(next) => set({ where: next })}
        />
      )}
      <AddCondition
        columns={[
          { group: 'Prediction', items: [...FIXED, ...(classesOnly ? [] : ['_absolute_error'])] },
          ...(tags.length > 0 ? [{ group: 'Tags', items: tags }] : []),
          { group: 'Features', items: names },
        ]}
        values={(column) => suggestions(records, column)}
        add={(one) => set({ where: [...where.filter((other) => other !== one), one] })}
      />
      <MultiSelect
        aria-label="Features shown"
        placeholder="Features shown"
        searchable
        w={160}
        data={names}
        value={[...show]}
        onChange={(chosen) => set({ show: chosen })}
        maxDropdownHeight={320}
        classNames={{ pill: classes.hidden! }}
      />
    </section>
  );
}

interface SetProps {
  readonly where: readonly string[];
  readonly set: (where: readonly string[]) => void;
}

const VERSION = '_version:eq:';

/** Right or wrong, labelled or not, failed: what one looks for first. */
function outcomes(right: boolean): { value: string; label: string }[] {
  return [
    ...(right
      ? [
          { value: WRONG, label: 'Wrong' },
          { value: RIGHT, label: 'Right' },
        ]
      : []),
    { value: UNLABELLED, label: 'Without a label' },
    { value: WITH_ERROR, label: 'With an error' },
  ];
}

function Outcome({ where, right, set }: SetProps & { right: boolean }) {
  const choices = outcomes(right);
  const values = choices.map(({ value }) => value);
  return (
    <Select
      aria-label="Outcome"
      placeholder="Any outcome"
      clearable
      w={136}
      data={choices}
      value={where.find((one) => values.includes(one)) ?? null}
      onChange={(chosen) =>
        set([...where.filter((one) => !values.includes(one)), ...(chosen === null ? [] : [chosen])])
      }
    />
  );
}

interface OneOfProps extends SetProps {
  readonly label: string;
  /** The condition up to its value. */
  readonly start: string;
  readonly values: readonly string[];
}

/** One value of a column that has few. */
function OneOf({ label, start, values, where, set }: OneOfProps) {
  const now = where.find((one) => one.startsWith(start));
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      clearable
      w={128}
      data={[...values]}
      value={now?.slice(start.length) ?? null}
      onChange={(chosen) =>
        set([...where.filter((one) => one !== now), ...(chosen === null ? [] : [start + chosen])])
      }
    />
  );
}

interface AddProps {
  readonly columns: readonly { readonly group: string; readonly items: readonly string[] }[];
  readonly values: (column: string) => string[];
  readonly add: (condition: string) => void;
}

function AddCondition({ columns, values, add }: AddProps) {
  const [column, setColumn] = useState<string | null>(null);
  const [operator, setOperator] = useState('eq');
  const [value, setValue] = useState('');
  const alone = ALONE.has(operator);
  const ready = column !== null && (alone || value !== '');
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        add(condition(column, operator, value));
        setValue('');
      }}
    >
      <Select
        aria-label="Column"
        placeholder="Column or tag"
        searchable
        w={148}
        data={columns.map(({ group, items }) => ({
          group,
          items: items.map((name) => ({ value: name, label: fieldName(name) })),
        }))}
        value={column}
        onChange={setColumn}
      />
      <Select
        aria-label="Operator"
        w={96}
        data={[...OPERATORS]}
        value={operator}
        allowDeselect={false}
        onChange={(chosen) => setOperator(chosen ?? 'eq')}
      />
      <Autocomplete
        aria-label="Value"
        placeholder="Value"
        w={120}
        disabled={alone}
        data={column === null || alone ? [] : values(column)}
        value={alone ? '' : value}
        onChange={setValue}
      />
      <Button type="submit" variant="default" disabled={!ready}>
        Add
      </Button>
    </form>
  );
}
