import type { IncidentDetail } from '../../api/types.ts';
import { Moment } from '../../ui/Moment.tsx';
import { words } from '../metric.ts';
import classes from './incident.module.css';

/** Everything that was noticed, decided, sent and said, in order. */
export function Timeline({ events }: { events: IncidentDetail['timeline'] }) {
  return (
    <ol className={classes.timeline}>
      {events.map((event) => (
        <li key={`${event.at} ${event.kind} ${event.text}`} data-kind={event.kind}>
          <Moment at={event.at} />
          <span>
            <b>{words(event.kind)}</b> {event.text}
            <small> {event.actor}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
