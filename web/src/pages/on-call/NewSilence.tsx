import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { silencePreviewQuery } from '../../api/previews.ts';
import type { Silence, SilencePreview } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { HOUR } from '../../time/range.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useSettledValue } from '../../ui/useSettledValue.ts';
import { useChange } from '../settings/useChange.ts';
import { readMatchers } from './matchers.ts';
import classes from './on-call.module.css';

const LENGTHS = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
];

/** Silences what is typed; below it stands what that would have kept from people in the past 30 days. */
export function NewSilence() {
  const [text, setText] = useState('');
  const [length, setLength] = useState('4');
  const [comment, setComment] = useState('');
  const [everything, setEverything] = useState(false);
  const matchers = readMatchers(text);
  const settled = useSettledValue(text);
  const asked = readMatchers(settled);
  const preview = useQuery({
    ...silencePreviewQuery(asked ?? []),
    enabled: asked !== null && settled.trim() !== '',
  });
  const all = preview.data?.everything === true;
  const create = useChange(
    () =>
      api.post<Silence>(address('/silences'), {
        ...{ matchers, comment: comment.trim(), everything },
        ends_at: new Date(Date.now() + Number(length) * HOUR).toISOString(),
      }),
    address('/silences'),
  );
  return (
    <form
      className={classes.form}
      aria-label="Silence incidents"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(undefined, {
          onSuccess: () => {
            setText('');
            setComment('');
            setEverything(false);
          },
        });
      }}
    >
      <TextInput
        label="Incidents of which nobody is told"
        placeholder="model=credit-*, priority!=P1"
        description="model, owner, priority or cause, = or !=, * for any characters; all must hold"
        value={text}
        error={matchers === null ? 'Such as model=credit-*, priority!=P1' : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        maw="100%"
        w={420}
      />
      <Select
        label="For"
        data={LENGTHS}
        value={length}
        allowDeselect={false}
        onChange={(value) => setLength(value ?? '4')}
        w={110}
      />
      <TextInput
        label="Why"
        placeholder="backfill of October"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        w={240}
      />
      <Button
        type="submit"
        disabled={
          matchers === null ||
          text.trim() === '' ||
          comment.trim() === '' ||
          (all && !everything) ||
          create.isPending
        }
      >
        Silence
      </Button>
      {preview.isEnabled && (
        <div className={classes.preview}>
          <Loaded of={preview} what="No preview:" height={40}>
            {(found) => <Preview of={found} />}
          </Loaded>
          {all && (
            <Checkbox
              label="Yes, nobody is to be told of any incident"
              checked={everything}
              onChange={(event) => setEverything(event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {create.isError && <Failure what="Nothing was silenced:" error={create.error} />}
    </form>
  );
}

function Preview({ of }: { of: SilencePreview }) {
  const { days, incidents, silenced, going_on, messages, by_priority, examples, everything } = of;
  return (
    <>
      <p>
        In the past {days} days it would have held for <b>{silenced}</b> of {plural(incidents, 'incident')}{' '}
        (P1 {by_priority.P1}, P2 {by_priority.P2}, P3 {by_priority.P3}) and kept back{' '}
        {plural(messages, 'message')}; {going_on} of them {going_on === 1 ? 'goes' : 'go'} on now.
        {everything && ' It holds for every incident.'}
      </p>
      <ul className={classes.quiet}>
        {examples.slice(0, 3).map(({ id, priority, model_names, title }) => (
          <li key={id}>
            {priority} {model_names.join(', ')}: {title}
          </li>
        ))}
      </ul>
    </>
  );
}
