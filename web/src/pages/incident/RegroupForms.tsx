import { Button, MultiSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { incidentsQuery } from '../../api/queries.ts';
import type { Alert, IncidentDetail } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useKinds } from '../kinds.ts';
import { columnName } from '../metric.ts';
import classes from './incident.module.css';
import { useIncidentsAnew } from './useIncidentChange.ts';

/** Makes other incidents part of this one, or one of their own of some of its alerts. */
export function RegroupForms({ incident }: { incident: IncidentDetail }) {
  return (
    <>
      <Merge incident={incident} />
      {incident.alerts.length > 1 && <Split incident={incident} />}
    </>
  );
}

function Merge({ incident: { id } }: { incident: IncidentDetail }) {
  const open = useQuery(incidentsQuery({ status: 'open' }));
  const acknowledged = useQuery(incidentsQuery({ status: 'acknowledged' }));
  const [from, setFrom] = useState<string[]>([]);
  const anew = useIncidentsAnew();
  const merge = useMutation({
    mutationFn: () => api.post(address('/incidents/:id/merge', { id }), { from }),
    onSuccess: () => setFrom([]),
    onSettled: anew,
  });
  const others = [...(open.data?.items ?? []), ...(acknowledged.data?.items ?? [])].filter(
    (each) => each.id !== id && each.model !== '',
  );
  return (
    <div className={classes.buttons}>
      <MultiSelect
        aria-label="Incidents that become part of this one"
        placeholder={from.length === 0 ? 'Incidents that have the same cause' : ''}
        nothingFoundMessage="No other incident goes on"
        searchable
        data={others.map(({ id, title, model_names }) => ({
          value: id,
          label: `${model_names.join(', ')}: ${title}`,
        }))}
        value={from}
        onChange={setFrom}
        maw="100%"
        w={480}
      />
      <Button
        variant="default"
        onClick={() => merge.mutate()}
        disabled={from.length === 0 || merge.isPending}
      >
        Merge into this
      </Button>
      {merge.isError && <Failure what="They were not merged:" error={merge.error} />}
    </div>
  );
}

function Split({ incident: { id, alerts } }: { incident: IncidentDetail }) {
  const kinds = useKinds();
  const navigate = useNavigate();
  const [taken, setTaken] = useState<string[]>([]);
  const anew = useIncidentsAnew();
  const split = useMutation({
    mutationFn: () => api.post<IncidentDetail>(address('/incidents/:id/split', { id }), { alerts: taken }),
    onSuccess: (own) => void navigate(paths.incident(own.id)),
    onSettled: anew,
  });
  const label = ({ kind, column, segment, version }: Alert) =>
    [kinds.name(kind), columnName(column), segment, version].filter((word) => word !== '').join(' ');
  return (
    <div className={classes.buttons}>
      <MultiSelect
        aria-label="Alerts that become an incident of their own"
        placeholder={taken.length === 0 ? 'Alerts that have another cause' : ''}
        searchable
        data={alerts.map((alert) => ({ value: alert.id, label: label(alert) }))}
        value={taken}
        onChange={setTaken}
        maw="100%"
        w={480}
      />
      <Button
        variant="default"
        onClick={() => split.mutate()}
        disabled={taken.length === 0 || taken.length === alerts.length || split.isPending}
      >
        Split them off
      </Button>
      {split.isError && <Failure what="It was not split:" error={split.error} />}
    </div>
  );
}
