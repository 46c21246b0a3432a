import { Link } from '@tanstack/react-router';
import type { Incident } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Ago } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './fleet.module.css';

const SHOWN = 8;

interface Props {
  readonly incidents: readonly Incident[];
  /** How many there are, also those that were not read. */
  readonly total: number;
}

/** A line each, worst first. */
export function OpenIncidents({ incidents, total }: Props) {
  if (incidents.length === 0) {
    return (
      <p className={classes.calm}>
        <StateMark state="ok" label="Incidents" word={false} /> No open incident.
      </p>
    );
  }
  const sorted = [...incidents].sort(
    (a, b) => a.priority.localeCompare(b.priority) || b.last_at.localeCompare(a.last_at),
  );
  return (
    <section aria-label="Open incidents" className={classes.incidents} data-level={sorted[0]!.priority}>
      <ul>
        {sorted.slice(0, SHOWN).map((incident) => (
          <li key={incident.id}>
            <Priority level={incident.priority} />
            <Link {...paths.incident(incident.id)} className={classes.sentence!}>
              {incident.title}
            </Link>
            {incident.model === '' ? (
              <span className={classes.when}>Tiltmeter</span>
            ) : (
              <Link {...paths.model(incident.model)} className={classes.when!}>
                {incident.model_names[0]}
              </Link>
            )}
            <span className={classes.when}>
              {incident.status === 'acknowledged' ? (
                'acknowledged'
              ) : (
                <>
                  opened <Ago at={incident.opened_at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {total > SHOWN && (
        <Link {...paths.incidents({ status: 'open' })}>{total - SHOWN} more open incidents</Link>
      )}
    </section>
  );
}
