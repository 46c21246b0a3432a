import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import type { RefreshProps } from './RefreshControl.tsx';

type Props<T extends string> = Pick<RefreshProps<T>, 'value' | 'choices' | 'onChange'> & {
  /** What is pressed to open it. */
  readonly target: ReactElement;
};

/** How often the page asks again. */
export function RefreshMenu<T extends string>({ value, choices, onChange, target }: Props<T>) {
  return (
    <Menu position="bottom-end" shadow="sm">
      <Menu.Target>{target}</Menu.Target>
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
  );
}
