import { ActionIcon, Button } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { span } from '../time/format.ts';
import { PRESET_LABEL, type Preset } from '../time/presets.ts';
import type { Range, Resolved } from '../time/range.ts';
import { useZone, zoneName } from '../time/zone.ts';
import { Hint } from './Hint.tsx';
import { Back, ZoomOut } from './icons.tsx';
import { later } from './later.ts';
import classes from './time-control.module.css';

const TimePopover = later(async () => (await import('./TimePopover.tsx')).TimePopover);

/** A stretch of time that is worth a look, by name. */
export interface NamedRange {
  readonly name: string;
  readonly range: Range;
}

export interface TimeControlProps {
  readonly range: Resolved;
  /** Length of a bucket, in milliseconds: shorter ranges show nothing. */
  readonly bucket: number;
  readonly onPreset: (preset: Preset) => void;
  readonly onRange: (range: Range) => void;
  readonly onZoomOut: () => void;
  readonly onReset: () => void;
  /** Incidents of the model, with room around them. */
  readonly around: readonly NamedRange[];
}

/** Whether a key is meant for what is typed in. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target?.closest('input, textarea, select, dialog, [role="dialog"]') != null
  );
}

/** The one control of time: presets, any range, incidents, zooming out, and the zone in which times are shown. Key: t. */
export function TimeControl(props: TimeControlProps) {
  const { range, onZoomOut, onReset } = props;
  const zone = useZone();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 't' || isTyping(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const name = range.preset === null ? undefined : PRESET_LABEL[range.preset];
  const target = (ready: boolean) => (
    <Button
      variant="default"
      className={classes.span!}
      onClick={() => setOpen(!open)}
      aria-haspopup="dialog"
      aria-disabled={!ready || undefined}
      title={range.past ? 'Ends at the newest event: nothing newer has arrived' : 'Time range (t)'}
    >
      {name !== undefined && <b className={classes.name}>{name}</b>}
      <span className={classes.dates} data-named={name !== undefined || undefined}>
        {span(range, zone)}
      </span>
      <span className={classes.zone}>{zoneName(zone)}</span>
    </Button>
  );
  return (
    <div className={classes.control}>
      <Hint label="Zoom out to twice the range">
        <ActionIcon aria-label="Zoom out" onClick={onZoomOut} className={classes.zoom!}>
          <ZoomOut />
        </ActionIcon>
      </Hint>
      {range.preset === null && (
        <Hint label="Back to the usual range of this model">
          <ActionIcon aria-label="Reset the time range" onClick={onReset}>
            <Back />
          </ActionIcon>
        </Hint>
      )}
      <Suspense fallback={target(false)}>
        <TimePopover {...props} open={open} setOpen={setOpen} target={target(true)} />
      </Suspense>
    </div>
  );
}
