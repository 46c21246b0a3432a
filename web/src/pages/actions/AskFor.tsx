import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Action, ActionRun, IncidentDetail } from '../../api/types.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Failure } from '../../ui/Failure.tsx';
import classes from './actions.module.css';
import { useRunChange } from './useRunChange.ts';

interface Props {
  readonly incident: Pick<IncidentDetail, 'id' | 'models' | 'model_names'>;
  /** Those that may be asked for; one at least. */
  readonly actions: readonly Action[];
  readonly done: () => void;
}

/** Asks for an action by hand: which, for which model of the incident, and why. */
export function AskFor({ incident, actions, done }: Props) {
  const [chosen, setChosen] = useState(actions[0]!.id);
  const [model, setModel] = useState(incident.models[0]!);
  const [reason, setReason] = useState('');
  const action = actions.find(({ id }) => id === chosen) ?? actions[0]!;
  const ask = useRunChange(() =>
    api.post<ActionRun>(address('/actions/:id/runs', { id: action.id }), {
      ...{ incident: incident.id, model, reason: reason.trim() },
    }),
  );
  return (
    <form
      className={classes.form}
      aria-label="Ask for an action"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate(undefined, { onSuccess: done });
      }}
    >
      <Choice
        aria-label="Action"
        data={actions.map(({ id, name }) => ({ value: id, label: name }))}
        value={action.id}
        allowDeselect={false}
        onChange={(id) => setChosen(id ?? action.id)}
        w={190}
      />
      {incident.models.length > 1 && (
        <Choice
          aria-label="Model"
          data={incident.models.map((id, i) => ({ value: id, label: incident.model_names[i] ?? id }))}
          value={model}
          allowDeselect={false}
          onChange={(id) => setModel(id ?? model)}
          w={160}
        />
      )}
      <TextInput
        aria-label="Why it is asked for"
        placeholder="Why"
        maxLength={1024}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        className={classes.reason!}
      />
      <Button type="submit" disabled={ask.isPending}>
        {action.approval === null ? 'Begin it' : 'Ask for it'}
      </Button>
      <p className={classes.note}>
        {action.address}
        {action.approval === null
          ? '; nobody is asked, it begins at once.'
          : '; somebody has to say yes first.'}
      </p>
      {ask.isError && (
        <Failure what="It was not asked for:" error={ask.error} kept="What you wrote is still here." />
      )}
    </form>
  );
}
