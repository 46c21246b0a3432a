import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../../api/address.ts';
import { api } from '../../../api/client.ts';
import { channelKindsQuery } from '../../../api/queries.ts';
import type { Channel } from '../../../api/types.ts';
import { Failure } from '../../../ui/Failure.tsx';
import classes from '../settings.module.css';
import { useChange } from '../useChange.ts';
import { OnlyFields } from './OnlyFields.tsx';
import { filledIn, OptionFields, type Options } from './OptionFields.tsx';
import { EVERYTHING } from './only.ts';

const TELLS = {
  incidents: 'incidents',
  digests: 'nothing but digests',
  audit_head: 'the end of the audit log',
} as const;

/** Adds a channel of any kind: the server says which there are and what each takes. */
export function NewChannel() {
  const kinds = useQuery(channelKindsQuery);
  const [kindId, setKind] = useState('webhook');
  const [name, setName] = useState('');
  const [options, setOptions] = useState<Options>({});
  const [tells, setTells] = useState<Channel['tells']>('incidents');
  const [only, setOnly] = useState(EVERYTHING);
  const kind = kinds.data?.items.find(({ id }) => id === kindId);
  const create = useChange(
    () =>
      api.post<Channel>(address('/channels'), {
        kind: kindId,
        name: name.trim(),
        options: filledIn(options),
        tells,
        ...(tells === 'incidents' ? { only } : {}),
      }),
    address('/channels'),
  );
  const choose = (id: string) => {
    setKind(id);
    setOptions({});
    setTells('incidents');
  };
  if (kinds.isError) return <Failure what="The kinds of channels could not be read:" error={kinds.error} />;
  if (kind === undefined) return null;
  return (
    <>
      <form
        className={classes.form}
        aria-label="Add a channel"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, {
            onSuccess: () => {
              setName('');
              setOnly(EVERYTHING);
              choose(kindId);
            },
          });
        }}
      >
        <Select
          label="Add a channel"
          data={kinds.data!.items.map(({ id, title }) => ({ value: id, label: title }))}
          value={kindId}
          onChange={(id) => choose(id ?? 'webhook')}
          allowDeselect={false}
          w={220}
        />
        <TextInput
          label="Name"
          placeholder="on-call"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={160}
        />
        <OptionFields kind={kind} options={options} change={setOptions} />
        {kind.tells.length > 1 && (
          <Select
            label="Is told of"
            data={kind.tells.map((value) => ({ value, label: TELLS[value] }))}
            value={tells}
            onChange={(value) => setTells(value ?? 'incidents')}
            allowDeselect={false}
            w={200}
          />
        )}
        {tells === 'incidents' && <OnlyFields only={only} change={setOnly} />}
        <Button type="submit" disabled={name.trim() === '' || create.isPending}>
          Add the channel
        </Button>
      </form>
      {create.isError && <Failure what="No channel was added:" error={create.error} />}
    </>
  );
}
