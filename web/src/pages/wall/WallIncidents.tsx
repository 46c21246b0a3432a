import type { Incident } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Ago } from '../../ui/Moment.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import classes from './wall.module.css';

interface Props {
  readonly incidents: readonly Incident[];
  /** All that go on, also those that were not read. */
  readonly total: number;
  readonly most: number;
}

/** What goes on, a sentence each, the worst first; what does not fit is counted. */
export function WallIncidents({ incidents, total, most }: Props) {
  if (total === 0)
    return (
      <p className={classes.calm}>
        <StateMark state="ok" label="Incidents" word={false} /> No open incident.
      </p>
    );
  const sorted = [...incidents].sort(
    (a, b) => a.priority.localeCompare(b.priority) || b.last_at.localeCompare(a.last_at),
  );
  return (
    <section aria-label="Open incidents">
      <ul className={classes.incidents}>
        {sorted.slice(0, most).map(({ id, priority, title, model_names, opened_at, assignee, status }) => (
          <li key={id}>
            <Priority level={priority} />
            <b className={classes.sentence}>{title}</b>
            <span className={classes.who}>
              {model_names.join(', ')} · <Ago at={opened_at} /> ·{' '}
              {assignee ?? (status === 'acknowledged' ? 'acknowledged' : 'nobody yet')}
            </span>
          </li>
        ))}
      </ul>
      {total > most && <p className={classes.more}>and {plural(total - most, 'more incident')}</p>}
    </section>
  );
}
