import { ActionIcon } from '@mantine/core';
import { Suspense } from 'react';
import { Hint } from './Hint.tsx';
import { Down, Refresh as RefreshIcon } from './icons.tsx';
import { later } from './later.ts';
import classes from './time-control.module.css';

const RefreshMenu = later(async () => (await import('./RefreshMenu.tsx')).RefreshMenu);

export interface RefreshProps<T extends string> {
  /** How often the page asks again, and what else may be chosen. */
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly short: string }[];
  readonly onChange: (value: T) => void;
  readonly onNow: () => void;
  /** Whether an answer is awaited. */
  readonly busy: boolean;
}

/** Asks for everything on the page now, and chooses how often that happens by itself. */
export function RefreshControl<T extends string>({ value, choices, onChange, onNow, busy }: RefreshProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  const every = (ready: boolean) => (
    <button
      type="button"
      className={classes.every}
      aria-label={`Refresh: ${chosen?.label ?? value}`}
      aria-disabled={!ready || undefined}
    >
      <span>{chosen?.short}</span> <Down />
    </button>
  );
  return (
    <div className={classes.refresh}>
      <Hint label="Refresh now (r)">
        <ActionIcon aria-label="Refresh now" onClick={onNow} data-busy={busy || undefined}>
          <RefreshIcon />
        </ActionIcon>
      </Hint>
      <Suspense fallback={every(false)}>
        <RefreshMenu
          value={value}
          choices={choices}
          onChange={(next) => onChange(next as T)}
          target={every(true)}
        />
      </Suspense>
    </div>
  );
}
