import { Button, SegmentedControl } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { Zone } from '../time/format.ts';
import { PRESET_LABEL, PRESETS, type Preset, suits } from '../time/presets.ts';
import type { Range } from '../time/range.ts';
import { fromWall, wall } from '../time/wall.ts';
import { setZone, useZone, zoneName } from '../time/zone.ts';
import { MomentField } from './MomentField.tsx';
import type { TimeControlProps } from './TimeControl.tsx';
import classes from './time-control.module.css';

type Props = Omit<TimeControlProps, 'onZoomOut' | 'onReset'>;

/** What the control of time offers: names on the left, any two moments on the right. Arrow keys move among the names. */
export function TimePanel({ range, bucket, onPreset, onRange, around }: Props) {
  return (
    <div className={classes.panel}>
      <fieldset className={classes.names} onKeyDown={moveFocus} aria-label="Ranges by name">
        {PRESETS.map((preset) => (
          <PresetButton
            key={preset}
            preset={preset}
            chosen={range.preset === preset}
            bucket={bucket}
            choose={() => onPreset(preset)}
          />
        ))}
        {around.length > 0 && <h3>Around an incident</h3>}
        {around.map(({ name, range: one }) => (
          <button
            type="button"
            key={name}
            title={name}
            className={classes.incident}
            onClick={() => onRange(one)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <AnyRange range={range} apply={onRange} />
    </div>
  );
}

interface PresetProps {
  readonly preset: Preset;
  readonly chosen: boolean;
  readonly bucket: number;
  readonly choose: () => void;
}

function PresetButton({ preset, chosen, bucket, choose }: PresetProps) {
  const fits = suits(preset, bucket);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      data-autofocus={chosen || undefined}
      disabled={!fits}
      title={fits ? undefined : 'Shorter than two buckets of this model: nothing would be shown'}
      onClick={choose}
    >
      {PRESET_LABEL[preset]}
    </button>
  );
}

function moveFocus(event: KeyboardEvent<HTMLFieldSetElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:enabled')];
  buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
  event.preventDefault();
}

function AnyRange({ range, apply }: { range: Range; apply: (range: Range) => void }) {
  const zone = useZone();
  const [from, setFrom] = useState<string | null>(() => wall(range.from, zone));
  const [to, setTo] = useState<string | null>(() => wall(range.to, zone));
  const chosen = { from: fromWall(from ?? '', zone), to: fromWall(to ?? '', zone) };
  const valid = chosen.from < chosen.to;
  return (
    <form
      className={classes.custom}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) apply(chosen);
      }}
    >
      <MomentField label="From" value={from} onChange={setFrom} />
      <MomentField
        label="To"
        value={to}
        onChange={setTo}
        error={valid ? undefined : 'must be after the beginning'}
      />
      <SegmentedControl
        size="xs"
        aria-label="Time zone"
        value={zone}
        onChange={(value) => {
          const next = value as Zone;
          setFrom(wall(chosen.from, next));
          setTo(wall(chosen.to, next));
          setZone(next);
        }}
        data={[
          { value: 'utc', label: 'UTC' },
          { value: 'local', label: `This computer (${zoneName('local')})` },
        ]}
      />
      <Button type="submit" disabled={!valid}>
        Show this range
      </Button>
      <p className={classes.hint}>For example 14 Mar 2012 06:00 or 2012-03-14</p>
    </form>
  );
}
