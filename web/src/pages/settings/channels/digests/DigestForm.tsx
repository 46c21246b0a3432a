import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LAYERS } from '../../../../../../contract/layer.ts';
import { address } from '../../../../api/address.ts';
import { api } from '../../../../api/client.ts';
import type { Channel, Digest, DigestSettings } from '../../../../api/types.ts';
import { Failure } from '../../../../ui/Failure.tsx';
import classes from '../../settings.module.css';
import { useChange } from '../../useChange.ts';
import { OnlyFields } from '../OnlyFields.tsx';
import { DigestPreview } from './DigestPreview.tsx';
import own from './digests.module.css';
import { DAYS } from './words.ts';

type Every = Digest['every'];

const USUAL: Record<Every, readonly number[]> = { daily: [1, 2, 3, 4, 5], weekly: [1] };
const NOTHING = { priority: null, models: [], owners: [], layers: [] };
/** A week that begins on Monday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: DAYS[day]! }));
const LAYER_DATA = LAYERS.map((layer) => ({ value: layer, label: layer }));

/** Gives a channel a digest, or changes the one it gets. */
export function DigestForm({
  channel,
  digests,
  done,
}: {
  channel: Channel;
  digests: readonly Digest[];
  done: () => void;
}) {
  const [every, setEvery] = useState<Every>(digests[0]?.every ?? 'daily');
  const [settings, setSettings] = useState(() => settingsOf(digests, every));
  const [looking, setLooking] = useState(false);
  const { at, zone, days, only } = settings;
  const set = (part: Partial<typeof settings>) => setSettings({ ...settings, ...part });
  const save = useChange(
    () =>
      api.put<Digest>(address('/channels/:id/digests/:every', { id: channel.id, every }), {
        ...{ at, zone, days, only: isNothing(only) ? null : only },
      } satisfies DigestSettings),
    address('/digests'),
  );
  const choose = (value: string | null) => {
    const next = (value ?? 'daily') as Every;
    setEvery(next);
    setSettings(settingsOf(digests, next));
  };
  return (
    <>
      <form
        className={classes.form}
        aria-label={`Digests of ${channel.name}`}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onSuccess: done });
        }}
      >
        <Select
          label="Digest"
          data={[
            { value: 'daily', label: 'daily' },
            { value: 'weekly', label: 'weekly' },
          ]}
          value={every}
          allowDeselect={false}
          onChange={choose}
          w={110}
        />
        <TextInput
          type="time"
          label="at"
          value={at}
          onChange={(event) => set({ at: event.currentTarget.value })}
          w={110}
        />
        <TextInput
          label="by the clocks of"
          value={zone}
          onChange={(event) => set({ zone: event.currentTarget.value })}
          w={160}
        />
        <DayFields every={every} days={days} change={(chosen) => set({ days: chosen })} />
        <OnlyFields
          only={{ ...only, causes: [] }}
          change={({ causes: _, ...chosen }) => set({ only: { ...only, ...chosen } })}
        />
        <MultiSelect
          label="Layers"
          placeholder={only.layers.length === 0 ? 'all' : ''}
          data={LAYER_DATA}
          value={only.layers}
          onChange={(layers) => set({ only: { ...only, layers: layers as typeof only.layers } })}
          w={200}
        />
        <Button type="submit" disabled={at === '' || days.length === 0 || save.isPending}>
          Save
        </Button>
        <Button variant="default" aria-expanded={looking} onClick={() => setLooking(!looking)}>
          {looking ? 'Hide the preview' : 'Preview'}
        </Button>
        <Button variant="default" onClick={done}>
          Leave it
        </Button>
        <p className={own.note}>
          Without a choice it is about the models and owners that the channel is told of, with incidents of
          every priority.
        </p>
        {save.isError && <Failure what="It was not saved:" error={save.error} />}
      </form>
      {looking && (
        <DigestPreview question={{ every, zone, channel: channel.id, only: isNothing(only) ? null : only }} />
      )}
    </>
  );
}

/** On which days: of a weekly digest one. */
function DayFields({
  every,
  days,
  change,
}: {
  every: Every;
  days: number[];
  change: (days: number[]) => void;
}) {
  const values = days.map(String);
  if (every === 'weekly')
    return (
      <Select
        label="on"
        data={WEEK}
        value={values[0] ?? null}
        allowDeselect={false}
        onChange={(day) => change([Number(day)])}
        w={140}
      />
    );
  return (
    <MultiSelect
      label="on"
      data={WEEK}
      value={values}
      onChange={(chosen) => change(chosen.map(Number))}
      w={300}
    />
  );
}

function settingsOf(digests: readonly Digest[], every: Every) {
  const known = digests.find((digest) => digest.every === every);
  return {
    at: known?.at ?? '08:00',
    zone: known?.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [...(known?.days ?? USUAL[every])],
    only: known?.only ?? NOTHING,
  } as { at: string; zone: string; days: number[]; only: NonNullable<Digest['only']> };
}

const isNothing = ({ priority, models, owners, layers }: NonNullable<Digest['only']>) =>
  priority === null && models.length + owners.length + layers.length === 0;
