import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Channel } from '../../../api/types.ts';

export type Limits = Pick<Channel, 'quiet' | 'per_hour'>;

const EXCEPT = [
  { value: 'P1', label: 'but P1' },
  { value: 'P2', label: 'but P2 and P1' },
];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** When a channel is left alone, and how much it is told: what comes meanwhile is sent later, in order. */
export function LimitFields({ limits, change }: { limits: Limits; change: (limits: Limits) => void }) {
  const { quiet, per_hour } = limits;
  const hours = quiet?.hours ?? { zone: ownZone(), days: EVERY_DAY, from: '', to: '' };
  const set = (part: Partial<typeof hours>) => {
    const next = { ...hours, ...part };
    const none = next.from === '' && next.to === '';
    change({ ...limits, quiet: none ? null : { hours: next, except: quiet === null ? 'P1' : quiet.except } });
  };
  return (
    <>
      <TextInput
        type="time"
        label="Left alone from"
        value={hours.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
        w={110}
      />
      <TextInput
        type="time"
        label="to"
        value={hours.to}
        onChange={(event) => set({ to: event.currentTarget.value })}
        w={110}
      />
      <TextInput
        label="by the clocks of"
        value={hours.zone}
        onChange={(event) => set({ zone: event.currentTarget.value })}
        w={160}
      />
      <Select
        label="told all the same"
        placeholder="nothing"
        clearable
        data={EXCEPT}
        value={quiet === null ? 'P1' : quiet.except}
        disabled={quiet === null}
        onChange={(except) =>
          quiet !== null &&
          change({ ...limits, quiet: { ...quiet, except: except as NonNullable<Limits['quiet']>['except'] } })
        }
        w={150}
      />
      <NumberInput
        label="Messages an hour"
        placeholder="as many as come"
        min={1}
        value={per_hour ?? ''}
        onChange={(value) => change({ ...limits, per_hour: typeof value === 'number' ? value : null })}
        w={150}
      />
    </>
  );
}

/** `22:00 to 07:00 Europe/Berlin` and `20 an hour`, for the line that says what a channel is told of. */
export function limitWords({ quiet, per_hour }: Limits): string {
  const parts = [
    quiet !== null && `left alone ${quiet.hours.from} to ${quiet.hours.to} ${quiet.hours.zone}`,
    per_hour !== null && `at most ${per_hour} an hour`,
  ];
  return parts
    .filter((part) => part !== false)
    .map((part) => `, ${part}`)
    .join('');
}

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
