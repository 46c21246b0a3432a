import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import classes from './model-settings.module.css';

const UNITS = [
  { value: '60000', label: 'minutes' },
  { value: '3600000', label: 'hours' },
  { value: '86400000', label: 'days' },
];

interface Props {
  readonly label: string;
  readonly ms: number;
  readonly set: (ms: number) => void;
  readonly disabled: boolean;
}

/** The largest unit that says it without a fraction. `unitOf(7_200_000)` → 3_600_000 */
export function unitOf(ms: number): number {
  const units = UNITS.map(({ value }) => Number(value)).toReversed();
  return units.find((unit) => ms >= unit && ms % unit === 0) ?? (ms === 0 ? 3_600_000 : 60_000);
}

/** A length of time with its unit. */
export function Duration({ label, ms, set, disabled }: Props) {
  // It stays while a number is typed: 48 hours do not turn into days under the hand.
  const [unit, setUnit] = useState(() => unitOf(ms));
  return (
    <div className={classes.duration}>
      <NumberInput
        aria-label={label}
        value={ms / unit}
        min={0}
        hideControls
        decimalScale={3}
        disabled={disabled}
        onChange={(value) => {
          if (value !== '') set(Math.round(Number(value) * unit));
        }}
        w={80}
      />
      <Select
        aria-label={`${label}: unit`}
        data={UNITS}
        value={String(unit)}
        allowDeselect={false}
        disabled={disabled}
        onChange={(value) => {
          setUnit(Number(value));
          set(Math.round((ms / unit) * Number(value)));
        }}
        w={104}
      />
    </div>
  );
}
