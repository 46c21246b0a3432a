import { NumberInput, TextInput } from '@mantine/core';
import type { Impact } from '../../../../contract/impact.ts';
import classes from './model-settings.module.css';

type Sort = Exclude<keyof Impact, 'unit' | 'urgent_per_day'>;

const SORTS: readonly (readonly [Sort, string])[] = [
  ['true_positive', 'Right, positive'],
  ['false_positive', 'Wrong, called positive'],
  ['false_negative', 'Missed positive'],
  ['true_negative', 'Right, negative'],
];

interface Props {
  readonly impact: Impact | null;
  readonly disabled: boolean;
  readonly set: (impact: Impact | null) => void;
}

/** What each answer is worth; empty is nothing, and without any of them there is no value. */
export function ImpactFields({ impact, disabled, set }: Props) {
  const change = (field: keyof Impact, value: number | string | undefined) => {
    const { [field]: _, ...rest } = impact ?? {};
    const next: Impact = value === undefined ? rest : { ...rest, [field]: value };
    set(
      SORTS.some(([sort]) => next[sort] !== undefined) ||
        next.unit !== undefined ||
        next.urgent_per_day !== undefined
        ? next
        : null,
    );
  };
  return (
    <div className={classes.impact}>
      {SORTS.map(([sort, label]) => (
        <NumberInput
          key={sort}
          label={label}
          placeholder="0"
          hideControls
          disabled={disabled}
          value={impact?.[sort] ?? ''}
          onChange={(value) => change(sort, value === '' || value === '-' ? undefined : Number(value))}
        />
      ))}
      <TextInput
        label="Unit"
        placeholder="EUR"
        disabled={disabled}
        value={impact?.unit ?? ''}
        onChange={({ currentTarget: { value } }) => change('unit', value === '' ? undefined : value)}
      />
      <NumberInput
        label="Loss a day that is P1"
        placeholder="never"
        hideControls
        min={0}
        disabled={disabled}
        value={impact?.urgent_per_day ?? ''}
        onChange={(value) =>
          change('urgent_per_day', value === '' || value === '-' ? undefined : Number(value))
        }
      />
    </div>
  );
}
