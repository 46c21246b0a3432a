import { Link } from '@tanstack/react-router';
import type { Incident } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { ended, likeliest, Models, Status } from './columns.tsx';
import classes from './incident.module.css';

/** An incident on a phone: how urgent, what, since when, and why. */
export function IncidentCard({ incident }: { incident: Incident }) {
  const cause = likeliest(incident);
  return (
    <>
      <div className={classes.cardHead}>
        <Priority level={incident.priority} />
        <Status status={incident.status} />
        <span className={classes.quiet}>
          <Models {...incident} />
        </span>
      </div>
      <Link {...paths.incident(incident.id)} className={classes.name!}>
        {incident.title}
      </Link>
      {cause !== '' && <p>Likeliest cause: {cause}</p>}
      <span className={classes.quiet}>
        Since <Moment at={incident.started_at} />, {ended(incident)}
      </span>
    </>
  );
}
