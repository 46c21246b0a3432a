import { Button } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { Ask } from '../../ui/Ask.tsx';
import classes from './on-call.module.css';

interface Props {
  /** What it is, and what people call it: `rota`, `risk`. */
  readonly what: string;
  readonly name: string;
  readonly changing: boolean;
  readonly toggle: () => void;
  readonly remove: ComponentProps<typeof Ask>['change'];
  /** What follows from removing it. */
  readonly children: ReactNode;
}

/** Opens the form that changes something, and removes it when asked twice. */
export function Deeds({ what, name, changing, toggle, remove, children }: Props) {
  return (
    <div className={classes.deeds}>
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Change ${name}`}
        aria-expanded={changing}
        onClick={toggle}
      >
        Change
      </Button>
      <Ask
        label="Remove"
        name={`Remove ${name}`}
        title={`Remove the ${what} ${name}?`}
        yes={`Remove the ${what}`}
        failed={`The ${what} was not removed:`}
        change={remove}
      >
        {children}
      </Ask>
    </div>
  );
}
