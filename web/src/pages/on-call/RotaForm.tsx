import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { rotaPreviewQuery } from '../../api/previews.ts';
import { channelsQuery } from '../../api/queries.ts';
import type { NewRota, Rota, RotaPreview } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useSettledValue } from '../../ui/useSettledValue.ts';
import { useChange } from '../settings/useChange.ts';
import classes from './on-call.module.css';
import { emptyRota, isComplete, moved, without } from './rota-draft.ts';

const TURNS = [
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
];

interface Props {
  /** The one that is changed; a new one when absent. */
  readonly rota?: Rota;
  readonly done: () => void;
}

/** Who takes turns, in which order and when they change; below it whose turns come next. */
export function RotaForm({ rota, done }: Props) {
  const [draft, setDraft] = useState<NewRota>(() => emptyRota(rota));
  const channels = useQuery(channelsQuery);
  const complete = isComplete(draft);
  const settled = useSettledValue(JSON.stringify(draft));
  const asked = JSON.parse(settled) as NewRota;
  const preview = useQuery({ ...rotaPreviewQuery(asked), enabled: isComplete(asked) });
  const save = useChange(
    () =>
      rota === undefined
        ? api.post<Rota>(address('/rotas'), draft)
        : api.put<Rota>(address('/rotas/:id', { id: rota.id }), draft),
    address('/rotas'),
  );
  const set = (part: Partial<NewRota>) => setDraft({ ...draft, ...part });
  const setPerson = (at: number, part: Partial<NewRota['people'][number]>) =>
    set({ people: draft.people.map((person, i) => (i === at ? { ...person, ...part } : person)) });
  return (
    <form
      className={classes.form}
      aria-label={rota === undefined ? 'New rota' : `Change ${rota.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: done });
      }}
    >
      <TextInput
        label="Rota"
        placeholder="risk"
        data-autofocus
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        w={160}
      />
      <Select
        label="A turn is"
        data={TURNS}
        value={draft.turn}
        allowDeselect={false}
        onChange={(turn) => set({ turn: (turn ?? 'week') as NewRota['turn'] })}
        w={100}
      />
      <TextInput
        type="date"
        label="First handover on"
        value={draft.starts_on}
        onChange={(event) => set({ starts_on: event.currentTarget.value })}
        w={150}
      />
      <TextInput
        type="time"
        label="at"
        value={draft.handover}
        onChange={(event) => set({ handover: event.currentTarget.value })}
        w={100}
      />
      <TextInput
        label="by the clocks of"
        placeholder="Europe/Berlin"
        value={draft.zone}
        onChange={(event) => set({ zone: event.currentTarget.value })}
        w={170}
      />
      <ol className={classes.lines} aria-label="People in the order of their turns">
        {draft.people.map((person, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a person is a place in the order
          <li key={i} className={classes.line}>
            <TextInput
              aria-label={`Person ${i + 1}`}
              placeholder="Name"
              value={person.name}
              onChange={(event) => setPerson(i, { name: event.currentTarget.value })}
              w={160}
            />
            <Select
              aria-label={`Channel of person ${i + 1}`}
              placeholder="told by no channel"
              clearable
              data={(channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={person.channel}
              onChange={(channel) => setPerson(i, { channel })}
              w={200}
            />
            <Button
              variant="default"
              disabled={i === 0}
              aria-label={`Person ${i + 1} earlier`}
              onClick={() => set({ people: moved(draft.people, i) })}
            >
              Earlier
            </Button>
            <Button
              variant="default"
              disabled={draft.people.length === 1}
              aria-label={`Without person ${i + 1}`}
              onClick={() => set({ people: without(draft.people, i) })}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        onClick={() => set({ people: [...draft.people, { name: '', channel: null }] })}
      >
        Add a person
      </Button>
      <Button type="submit" disabled={!complete || save.isPending}>
        {rota === undefined ? 'Add the rota' : 'Save'}
      </Button>
      <Button variant="default" onClick={done}>
        Cancel
      </Button>
      {preview.isEnabled && (
        <div className={classes.preview}>
          <Loaded of={preview} what="No preview:" height={40}>
            {(found) => <Turns of={found} />}
          </Loaded>
        </div>
      )}
      {save.isError && <Failure what="The rota was not kept:" error={save.error} />}
    </form>
  );
}

function Turns({ of: { turns } }: { of: RotaPreview }) {
  return (
    <ul className={classes.quiet} aria-label="Turns that come next">
      {turns.map(({ name, from, to, unreachable }) => (
        <li key={from}>
          {name} from <Moment at={from} /> to <Moment at={to} />
          {unreachable !== null && (
            <>
              {' '}
              <StateMark state="warning" label="cannot be told" word={false} /> {unreachable}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
