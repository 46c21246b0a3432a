import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { ActionRun } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import classes from './actions.module.css';
import { useRunChange } from './useRunChange.ts';

/** Says yes or no to an action that waits for it, with a reason. */
export function Decide({ run: { id, name, model_name } }: { run: ActionRun }) {
  const [comment, setComment] = useState('');
  const decide = useRunChange((said: 'approve' | 'refuse') =>
    api.post<ActionRun>(address(`/action-runs/:id/${said}`, { id }), { comment: comment.trim() }),
  );
  const what = `${name} for ${model_name}`;
  return (
    <form
      className={classes.form}
      aria-label={`Decide about ${what}`}
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate('approve');
      }}
    >
      <TextInput
        aria-label={`Why, about ${what}`}
        placeholder="Why"
        maxLength={1024}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        className={classes.reason!}
      />
      <Button type="submit" aria-label={`Approve ${what}`} disabled={decide.isPending}>
        Approve
      </Button>
      <Button
        variant="default"
        aria-label={`Refuse ${what}`}
        disabled={decide.isPending}
        onClick={() => decide.mutate('refuse')}
      >
        Refuse
      </Button>
      {decide.isError && (
        <Failure what="It was not decided:" error={decide.error} kept="What you wrote is still here." />
      )}
    </form>
  );
}
