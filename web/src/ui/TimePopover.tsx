import { Popover } from '@mantine/core';
import { lazy, type ReactElement, Suspense } from 'react';
import type { TimeControlProps } from './TimeControl.tsx';
import classes from './time-control.module.css';

const TimePanel = lazy(() => import('./TimePanel.tsx').then((m) => ({ default: m.TimePanel })));

interface Props extends TimeControlProps {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** What is pressed to open it. */
  readonly target: ReactElement;
}

/** What the control of time opens; it closes when something is chosen. */
export function TimePopover({ open, setOpen, target, ...props }: Props) {
  const { onPreset, onRange } = props;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="sm">
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label="Time range">
        <Suspense fallback={<div className={classes.waiting} role="status" aria-label="Loading" />}>
          <TimePanel
            {...props}
            onPreset={(preset) => {
              onPreset(preset);
              setOpen(false);
            }}
            onRange={(chosen) => {
              onRange(chosen);
              setOpen(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
