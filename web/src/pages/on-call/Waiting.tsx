import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Incident } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Ago } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { useFirst } from '../../ui/useFirst.tsx';
import { useIncidentChange } from '../incident/useIncidentChange.ts';
import { useMay } from '../useMay.ts';
import { Due } from './Due.tsx';
import classes from './on-call.module.css';

/** As many as somebody looks at on a phone. */
const FIRST = 20;

/** The most urgent open incidents of `total`, each with the one button that is needed at night. */
export function Waiting({ incidents, total }: { incidents: readonly Incident[]; total: number }) {
  const waiting = incidents
    .filter(({ snoozed }) => snoozed === null)
    .sort((a, b) => a.priority.localeCompare(b.priority) || a.opened_at.localeCompare(b.opened_at));
  const snoozed = incidents.length - waiting.length;
  const { shown, more } = useFirst(waiting, FIRST);
  const beyond = total - incidents.length;
  if (incidents.length === 0) return <Empty title="Nothing waits. Sleep well." />;
  return (
    <>
      <ul className={classes.list}>
        {shown.map((incident) => (
          <One key={incident.id} incident={incident} />
        ))}
      </ul>
      {more}
      {beyond > 0 && (
        <p className={classes.quiet}>
          {count(beyond)} more, less urgent or older:{' '}
          <Link to="/incidents" search={{ status: 'open' } as never}>
            all that are open
          </Link>
        </p>
      )}
      {snoozed > 0 && <p className={classes.quiet}>{snoozed} more: snoozed.</p>}
    </>
  );
}

function One({ incident }: { incident: Incident }) {
  const change = useIncidentChange(incident);
  const may = useMay();
  return (
    <li className={classes.one}>
      <div>
        <Priority level={incident.priority} /> <Link {...paths.incident(incident.id)}>{incident.title}</Link>
        <p className={classes.quiet}>
          {incident.model_names.join(', ')}, noticed <Ago at={incident.opened_at} />, assigned to{' '}
          {incident.assignee ?? 'nobody'} <Due incident={incident} />
        </p>
        {incident.causes[0] !== undefined && <p>{incident.causes[0].sentence}</p>}
        {lost(incident).map(({ model, sentence }) => (
          <p key={model}>{sentence}</p>
        ))}
        {change.isError && <Failure what="It was not acknowledged:" error={change.error} />}
      </div>
      {may.write && (
        <Button onClick={() => change.mutate({ status: 'acknowledged' })} disabled={change.isPending}>
          Acknowledge
        </Button>
      )}
    </li>
  );
}

/** What is lost for certain; what may be chance can wait for the page of the incident. */
function lost({ losses }: Incident): Incident['losses'] {
  return losses.filter(({ loss }) => loss !== null && loss.per_prediction.low > 0);
}
