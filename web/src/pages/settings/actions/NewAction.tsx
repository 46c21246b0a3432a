import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../../api/address.ts';
import { api } from '../../../api/client.ts';
import { actionKindsQuery } from '../../../api/queries.ts';
import type { Action } from '../../../api/types.ts';
import { Failure } from '../../../ui/Failure.tsx';
import { filledIn, OptionFields, type Options } from '../channels/OptionFields.tsx';
import classes from '../settings.module.css';
import { useChange } from '../useChange.ts';
import { TermsFields } from './TermsFields.tsx';
import { USUAL } from './terms.ts';

/** Adds an action of any kind: the server says which there are and what each takes. */
export function NewAction({ done }: { done: () => void }) {
  const kinds = useQuery(actionKindsQuery);
  const [kindId, setKind] = useState('webhook');
  const [name, setName] = useState('');
  const [options, setOptions] = useState<Options>({});
  const [terms, setTerms] = useState(USUAL);
  const kind = kinds.data?.items.find(({ id }) => id === kindId);
  const create = useChange(
    () =>
      api.post<Action>(address('/actions'), {
        ...{ kind: kindId, name: name.trim(), options: filledIn(options) },
        ...terms,
      }),
    address('/actions'),
  );
  if (kinds.isError) return <Failure what="The kinds of actions could not be read:" error={kinds.error} />;
  if (kind === undefined) return null;
  return (
    <form
      className={classes.form}
      aria-label="Add an action"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined, { onSuccess: done });
      }}
    >
      <Select
        label="What is done"
        data={kinds.data!.items.map(({ id, title }) => ({ value: id, label: title }))}
        value={kindId}
        onChange={(id) => {
          setKind(id ?? kindId);
          setOptions({});
        }}
        allowDeselect={false}
        w={250}
      />
      <TextInput
        label="Name"
        placeholder="retrain credit"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        w={180}
      />
      <OptionFields kind={kind} options={options} change={setOptions} />
      <TermsFields terms={terms} change={setTerms} />
      <Button type="submit" disabled={name.trim() === '' || create.isPending}>
        Add the action
      </Button>
      <Button variant="default" onClick={done}>
        Leave it
      </Button>
      {create.isError && <Failure what="No action was added:" error={create.error} />}
    </form>
  );
}
