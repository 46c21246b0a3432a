import { Button, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { span, type Zone } from '../time/format.ts';
import { PRESET_LABEL, PRESETS, type Preset, type Range, type Resolved } from '../time/range.ts';
import { setZone, useZone, zoneName } from '../time/zone.ts';
import classes from './time-control.module.css';

interface Props {
  readonly range: Resolved;
  readonly onPreset: (preset: Preset) => void;
  readonly onRange: (range: Range) => void;
}

/** The one control of time: presets, any range, and the zone in which times are shown. */
export function TimeControl({ range, onPreset, onRange }: Props) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.control}>
      <SegmentedControl
        size="xs"
        aria-label="Time range"
        value={range.preset ?? ''}
        onChange={(value) => onPreset(value as Preset)}
        data={PRESETS.map((preset) => ({ value: preset, label: PRESET_LABEL[preset] }))}
        classNames={{ root: classes.presets! }}
      />
      <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus shadow="sm">
        <Popover.Target>
          <Button
            variant="default"
            className={classes.span!}
            onClick={() => setOpen(!open)}
            aria-haspopup="dialog"
            title={range.past ? 'Ends at the newest event: nothing newer has arrived' : undefined}
          >
            {span(range, zone)}
            <span className={classes.zone}>{zoneName(zone)}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <CustomRange
            range={range}
            zone={zone}
            apply={(chosen) => {
              onRange(chosen);
              setOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

/** `YYYY-MM-DDTHH:MM` as the browser's own picker wants it. */
function field(ms: number, zone: Zone): string {
  const shifted = zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}

function moment(text: string, zone: Zone): number {
  return Date.parse(zone === 'utc' ? `${text}Z` : text);
}

function CustomRange({ range, zone, apply }: { range: Range; zone: Zone; apply: (range: Range) => void }) {
  const [from, setFrom] = useState(() => field(range.from, zone));
  const [to, setTo] = useState(() => field(range.to, zone));
  const chosen = { from: moment(from, zone), to: moment(to, zone) };
  const valid = chosen.from < chosen.to;
  return (
    <form
      className={classes.custom}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) apply(chosen);
      }}
    >
      <TextInput
        type="datetime-local"
        label="From"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        type="datetime-local"
        label="To"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={valid ? undefined : 'must lie after the beginning'}
      />
      <SegmentedControl
        size="xs"
        aria-label="Time zone"
        value={zone}
        onChange={(value) => {
          const next = value as Zone;
          setFrom(field(moment(from, zone), next));
          setTo(field(moment(to, zone), next));
          setZone(next);
        }}
        data={[
          { value: 'utc', label: 'UTC' },
          { value: 'local', label: `This machine (${zoneName('local')})` },
        ]}
      />
      <Button type="submit" disabled={!valid}>
        Show this range
      </Button>
    </form>
  );
}
