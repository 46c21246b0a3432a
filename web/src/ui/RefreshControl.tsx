import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Down, Refresh as RefreshIcon } from './icons.tsx';
import classes from './time-control.module.css';

interface Props<T extends string> {
  /** How often the page asks again, and what else may be chosen. */
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly short: string }[];
  readonly onChange: (value: T) => void;
  readonly onNow: () => void;
  /** Whether an answer is awaited. */
  readonly busy: boolean;
}

/** Asks for everything on the page now, and chooses how often that happens by itself. */
export function RefreshControl<T extends string>({ value, choices, onChange, onNow, busy }: Props<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <div className={classes.refresh}>
      <Tooltip label="Refresh now (r)">
        <ActionIcon aria-label="Refresh now" onClick={onNow} data-busy={busy || undefined}>
          <RefreshIcon />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" shadow="sm">
        <Menu.Target>
          <button type="button" className={classes.every} aria-label={`Refresh: ${chosen?.label ?? value}`}>
            <span>{chosen?.short}</span> <Down />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map((choice) => (
            <Menu.Item
              key={choice.value}
              aria-current={choice.value === value || undefined}
              onClick={() => onChange(choice.value)}
            >
              {choice.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
