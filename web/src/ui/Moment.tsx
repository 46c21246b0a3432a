import { ago, moment } from '../time/format.ts';
import { useNow } from '../time/useNow.ts';
import { useZone, zoneName } from '../time/zone.ts';

/** A moment in the reader's zone; the exact instant and zone are in its title. */
export function Moment({ at }: { at: string | number }) {
  const zone = useZone();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={new Date(ms).toISOString()} title={`${moment(ms, zone)} ${zoneName(zone)}`}>
      {moment(ms, zone)}
    </time>
  );
}

/** How long ago; the moment itself is in its title. */
export function Ago({ at }: { at: string }) {
  const zone = useZone();
  const now = useNow();
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={`${moment(ms, zone)} ${zoneName(zone)}`}>
      {ago(ms, now)}
    </time>
  );
}
