import type { IncidentDetail } from '../../api/types.ts';
import { moment, type Zone } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Moment } from '../../ui/Moment.tsx';
import { type Kinds, useKinds } from '../kinds.ts';
import { words } from '../metric.ts';
import classes from './incident.module.css';

/** Instants inside a text, in the zone of the reader; ids of kinds as words. */
export function readable(text: string, zone: Zone, kinds: Kinds): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (instant) => moment(Date.parse(instant), zone))
    .replace(/^([a-z]+_[a-z_]+)/, (kind) => kinds.name(kind));
}

/** Everything that was noticed, decided, sent and said, in order. */
export function Timeline({ events }: { events: IncidentDetail['timeline'] }) {
  const zone = useZone();
  const kinds = useKinds();
  return (
    <ol className={classes.timeline}>
      {events.map((event) => (
        <li className={classes.event} key={`${event.at} ${event.kind} ${event.text}`} data-kind={event.kind}>
          <Moment at={event.at} />
          <span>
            <b>{words(event.kind)}</b> {readable(event.text, zone, kinds)}
            <small> {event.actor}</small>
          </span>
        </li>
      ))}
    </ol>
  );
}
