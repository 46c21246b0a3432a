import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Model } from '../../api/types.ts';
import { Cross } from '../../ui/icons.tsx';
import { ALONE, condition, conditionText, FIXED, fieldName, OPERATORS, WITH_ERROR } from './filter.ts';
import classes from './predictions.module.css';

const page = getRouteApi('/shell/models/$model/predictions');

interface Props {
  readonly model: Model;
  readonly where: readonly string[];
  readonly show: readonly string[];
}

/** Conditions that all must hold, and which features a row shows. Both are the URL. */
export function Filter({ model, where, show }: Props) {
  const navigate = page.useNavigate();
  const set = (change: { where?: readonly string[]; show?: readonly string[] }) =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, resetScroll: false });
  const names = model.columns.map(({ name }) => name).filter((name) => !name.startsWith('_'));
  return (
    <section aria-label="Filter" className={classes.filter}>
      <ul className={classes.conditions}>
        {where.map((one) => (
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
      <AddCondition
        columns={[...names, ...FIXED]}
        add={(one) => set({ where: [...where.filter((other) => other !== one), one] })}
      />
      <Button
        variant="default"
        disabled={where.includes(WITH_ERROR)}
        onClick={() => set({ where: [...where, WITH_ERROR] })}
      >
        Only errors
      </Button>
      <MultiSelect
        aria-label="Features shown"
        placeholder="Features shown"
        searchable
        w={200}
        ml="auto"
        data={names}
        value={[...show]}
        onChange={(chosen) => set({ show: chosen })}
        maxDropdownHeight={320}
        classNames={{ pill: classes.hidden! }}
      />
    </section>
  );
}

function AddCondition({ columns, add }: { columns: readonly string[]; add: (condition: string) => void }) {
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
        placeholder="Column"
        searchable
        w={168}
        data={columns.map((name) => ({ value: name, label: fieldName(name) }))}
        value={column}
        onChange={setColumn}
      />
      <Select
        aria-label="Operator"
        w={104}
        data={[...OPERATORS]}
        value={operator}
        allowDeselect={false}
        onChange={(chosen) => setOperator(chosen ?? 'eq')}
      />
      <TextInput
        aria-label="Value"
        placeholder="Value"
        w={128}
        disabled={alone}
        value={alone ? '' : value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!ready}>
        Add condition
      </Button>
    </form>
  );
}
