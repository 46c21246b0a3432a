import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../../api/address.ts';
import { api } from '../../../api/client.ts';
import { actionKindsQuery, fleetQuery } from '../../../api/queries.ts';
import type { Action } from '../../../api/types.ts';
import { Ask } from '../../../ui/Ask.tsx';
import { Failure } from '../../../ui/Failure.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { useMay } from '../../useMay.ts';
import classes from '../settings.module.css';
import { useChange } from '../useChange.ts';
import { LastRuns } from './LastRuns.tsx';
import { TermsFields } from './TermsFields.tsx';
import { termsSentence } from './terms.ts';

/** An action with what it does and when, its last runs, and its pause. */
export function OneAction({ action }: { action: Action }) {
  const { id, name, enabled } = action;
  const may = useMay();
  const kinds = useQuery(actionKindsQuery);
  const models = useQuery(fleetQuery);
  const [changing, setChanging] = useState(false);
  const toggle = useChange(
    () => api.patch<Action>(address('/actions/:id', { id }), { enabled: !enabled }),
    address('/actions'),
  );
  const remove = useChange(() => api.remove(address('/actions/:id', { id })), address('/action'));
  const title = kinds.data?.items.find((kind) => kind.id === action.kind)?.title ?? action.kind;
  const nameOf = (model: string) => models.data?.items.find((one) => one.id === model)?.name ?? model;
  return (
    <Panel
      title={name}
      note={`${enabled ? '' : 'Paused. '}${title}: ${action.address}; ${termsSentence(action, nameOf)}`}
      actions={
        may.admin && (
          <>
            <Button
              variant="default"
              size="compact-xs"
              aria-expanded={changing}
              aria-label={`When ${name} is due`}
              onClick={() => setChanging(!changing)}
            >
              When
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`${enabled ? 'Pause' : 'Resume'} ${name}`}
              onClick={() => toggle.mutate(undefined)}
              disabled={toggle.isPending}
            >
              {enabled ? 'Pause' : 'Resume'}
            </Button>
            <Ask
              label="Remove"
              name={`Remove ${name}`}
              title={`Remove the action ${name}?`}
              yes="Remove the action"
              failed="The action was not removed:"
              change={remove}
            >
              <p>What of it waits is given up. What was done stays listed with the incidents.</p>
            </Ask>
          </>
        )
      }
    >
      {changing && <ChangeTerms action={action} done={() => setChanging(false)} />}
      {toggle.isError && <Failure what="It was not changed:" error={toggle.error} />}
      <LastRuns action={action} />
    </Panel>
  );
}

/** When it is due from now on, how often, and who is asked. */
function ChangeTerms({ action, done }: { action: Action; done: () => void }) {
  const { id, name, when, cooldown_minutes, per_day, approval } = action;
  const [terms, setTerms] = useState({ when, cooldown_minutes, per_day, approval });
  const save = useChange(
    () => api.patch<Action>(address('/actions/:id', { id }), terms),
    address('/actions'),
  );
  return (
    <form
      className={classes.form}
      aria-label={`When ${name} is due`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: done });
      }}
    >
      <TermsFields terms={terms} change={setTerms} />
      <Button type="submit" disabled={save.isPending}>
        Save
      </Button>
      <Button variant="default" onClick={done}>
        Leave it
      </Button>
      {save.isError && <Failure what="It was not changed:" error={save.error} />}
    </form>
  );
}
