import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { channelsQuery, escalationsQuery, rotasQuery } from '../../api/queries.ts';
import type { Escalation } from '../../api/types.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { onlySentence } from '../settings/channels/only.ts';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import { Deeds } from './Deeds.tsx';
import { EscalationForm } from './EscalationForm.tsx';
import classes from './on-call.module.css';
import { type Nameable, whom } from './targets.ts';

/** Each escalation as sentences: of what, after how long, whom; what is wrong with it; and forms to change them. */
export function Escalations() {
  const escalations = useQuery(escalationsQuery);
  const channels = useQuery(channelsQuery);
  const rotas = useQuery(rotasQuery);
  const [adding, setAdding] = useState(false);
  const may = useMay();
  const nameable: Nameable = {
    channels: channels.data?.items ?? [],
    rotas: rotas.data?.items ?? [],
    escalations: escalations.data?.items ?? [],
  };
  return (
    <Panel
      title="Escalations"
      note="who is told further when nobody acknowledges"
      actions={
        may.write && (
          <Button
            variant="default"
            size="compact-xs"
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            New escalation
          </Button>
        )
      }
    >
      {adding && <EscalationForm nameable={nameable} done={() => setAdding(false)} />}
      <Loaded of={escalations} what="The escalations could not be read:" height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nobody is told further.">
              What nobody acknowledges stays where it is until an escalation says who is told then.
              {!may.write && ' Editors and admins add them.'}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {items.map((escalation) => (
                <OneEscalation key={escalation.id} escalation={escalation} nameable={nameable} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function OneEscalation({ escalation, nameable }: { escalation: Escalation; nameable: Nameable }) {
  const { id, name, only, steps, troubles } = escalation;
  const [changing, setChanging] = useState(false);
  const may = useMay();
  const remove = useChange(() => api.remove(address('/escalations/:id', { id })), address('/escalations'));
  return (
    <li>
      <div className={classes.one}>
        <div>
          <b>{name}</b> ({onlySentence(only, (model) => model) || 'every incident'})
          <ol className={classes.steps}>
            {steps.map(({ after_minutes, to }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              <li key={i}>
                after {i > 0 && 'further '}
                {after_minutes} min: {to.map((target) => whom(target, nameable)).join(', ')}
              </li>
            ))}
          </ol>
          {troubles.map((trouble) => (
            <p key={trouble} className={classes.trouble}>
              <StateMark state="warning" label="trouble" word={false} /> {trouble}.
            </p>
          ))}
        </div>
        {may.write && (
          <Deeds
            what="escalation"
            name={name}
            changing={changing}
            toggle={() => setChanging(!changing)}
            remove={remove}
          >
            <p>Nobody is told further by it any more, of what goes on now either.</p>
          </Deeds>
        )}
      </div>
      {changing && (
        <EscalationForm escalation={escalation} nameable={nameable} done={() => setChanging(false)} />
      )}
    </li>
  );
}
