import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { actionsQuery } from '../../api/queries.ts';
import type { ActionRun, Model } from '../../api/types.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Failure } from '../../ui/Failure.tsx';
import classes from '../actions/actions.module.css';
import { useRunChange } from '../actions/useRunChange.ts';
import { useMay } from '../useMay.ts';

interface Props {
  readonly model: Pick<Model, 'id'>;
  /** The version that is being looked at. */
  readonly version: string;
}

/** Asks for a version to be the one that answers, by an action that tells a deployment so; nothing where there is none. */
export function PromoteByHand({ model, version }: Props) {
  const may = useMay();
  const actions = useQuery(actionsQuery);
  const releases = (actions.data?.items ?? []).filter(({ kind, enabled }) => kind === 'release' && enabled);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const action = releases.find(({ id }) => id === chosen) ?? releases[0];
  const promote = useRunChange((id: string) =>
    api.post<ActionRun>(address('/models/:model/releases', { model: model.id }), {
      ...{ action: id, version, reason: reason.trim() },
    }),
  );
  if (!may.write || action === undefined) return null;
  return (
    <form
      className={classes.form}
      aria-label={`Promote version ${version}`}
      onSubmit={(event) => {
        event.preventDefault();
        promote.mutate(action.id, { onSuccess: () => setReason('') });
      }}
    >
      {releases.length > 1 && (
        <Choice
          aria-label="Action"
          data={releases.map(({ id, name }) => ({ value: id, label: name }))}
          value={action.id}
          allowDeselect={false}
          onChange={setChosen}
          w={190}
        />
      )}
      <TextInput
        aria-label="Why it is promoted"
        placeholder="Why"
        maxLength={1024}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        className={classes.reason!}
      />
      <Button type="submit" variant="default" disabled={promote.isPending}>
        {action.approval === null ? `Promote version ${version}` : `Ask to promote version ${version}`}
      </Button>
      <p className={classes.note} role="status">
        {promote.isSuccess
          ? promote.data.state === 'asked'
            ? 'Asked for: somebody has to say yes.'
            : 'It begins.'
          : `${action.name}: ${action.address}${action.approval === null ? '; nobody is asked, it begins at once.' : '; somebody has to say yes first.'}`}
      </p>
      {promote.isError && (
        <Failure what="It was not promoted:" error={promote.error} kept="What you wrote is still here." />
      )}
    </form>
  );
}
