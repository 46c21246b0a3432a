import { Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Escalation, NewEscalation } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { OnlyFields } from '../settings/channels/OnlyFields.tsx';
import { EVERYTHING } from '../settings/channels/only.ts';
import { useChange } from '../settings/useChange.ts';
import classes from './on-call.module.css';
import { without } from './rota-draft.ts';
import { choices, type Nameable, targetOf, textOf } from './targets.ts';

interface Props {
  /** The one that is changed; a new one when absent. */
  readonly escalation?: Escalation;
  readonly nameable: Nameable;
  readonly done: () => void;
}

type Step = NewEscalation['steps'][number];

/** Of which incidents, after how long, whom: step by step. */
export function EscalationForm({ escalation, nameable, done }: Props) {
  const [name, setName] = useState(escalation?.name ?? '');
  const [only, setOnly] = useState(escalation?.only ?? EVERYTHING);
  const [steps, setSteps] = useState<readonly Step[]>(escalation?.steps ?? [{ after_minutes: 15, to: [] }]);
  const save = useChange(
    () =>
      escalation === undefined
        ? api.post<Escalation>(address('/escalations'), { name, only, steps })
        : api.put<Escalation>(address('/escalations/:id', { id: escalation.id }), { name, only, steps }),
    address('/escalations'),
  );
  const setStep = (at: number, part: Partial<Step>) =>
    setSteps(steps.map((step, i) => (i === at ? { ...step, ...part } : step)));
  return (
    <form
      className={classes.form}
      aria-label={escalation === undefined ? 'New escalation' : `Change ${escalation.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: done });
      }}
    >
      <TextInput
        label="Escalation"
        placeholder="nights"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        w={160}
      />
      <OnlyFields only={only} change={setOnly} />
      <ol className={classes.lines} aria-label="Steps">
        {steps.map(({ after_minutes, to }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={i} className={classes.line}>
            <NumberInput
              label={i === 0 ? 'Nobody acknowledged for, min' : 'for further, min'}
              min={0}
              max={7 * 24 * 60}
              allowDecimal={false}
              value={after_minutes}
              onChange={(value) => typeof value === 'number' && setStep(i, { after_minutes: value })}
              w={190}
            />
            <MultiSelect
              label="then tell"
              placeholder={to.length === 0 ? 'whom' : ''}
              searchable
              data={choices(nameable, escalation?.id)}
              value={to.map(textOf)}
              onChange={(texts) => setStep(i, { to: texts.map(targetOf) })}
              w={340}
              maw="100%"
            />
            <Button
              variant="default"
              disabled={steps.length === 1}
              aria-label={`Without step ${i + 1}`}
              onClick={() => setSteps(without(steps, i))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        disabled={steps.length === 10}
        onClick={() => setSteps([...steps, { after_minutes: 15, to: [] }])}
      >
        Add a step
      </Button>
      <Button
        type="submit"
        disabled={name.trim() === '' || steps.some(({ to }) => to.length === 0) || save.isPending}
      >
        {escalation === undefined ? 'Add the escalation' : 'Save'}
      </Button>
      <Button variant="default" onClick={done}>
        Cancel
      </Button>
      {save.isError && <Failure what="The escalation was not kept:" error={save.error} />}
    </form>
  );
}
