import type { ChannelOnly } from '../../contract/channel.ts';
import type { Priority } from '../../contract/incident.ts';
import type { AnnouncedEvent } from '../incidents/announce.ts';

/** What of an incident decides who is told of it. */
export interface Concern {
  readonly priority: Priority;
  readonly models: readonly string[];
  readonly owners: readonly string[];
  readonly causes: readonly { readonly kind: string }[];
}

/**
 * Whether a channel is told of an event. Whoever was told of an incident is told that it is over, whatever it has become; whoever was
 * not is told of neither. Pure. Example: an incident of P3 does not concern a channel of `{priority: 'P1'}` until it is raised.
 */
export function concerns(
  only: ChannelOnly,
  event: AnnouncedEvent,
  incident: Concern,
  wasTold: boolean,
): boolean {
  if (event === 'resolved') return wasTold;
  return (
    (only.priority === null || incident.priority <= only.priority) &&
    anyOf(only.models, incident.models) &&
    anyOf(only.owners, incident.owners) &&
    anyOf(
      only.causes,
      incident.causes.slice(0, 1).map(({ kind }) => kind),
    )
  );
}

/** An empty list leaves nothing out. */
function anyOf(wanted: readonly string[], there: readonly string[]): boolean {
  return wanted.length === 0 || there.some((one) => wanted.includes(one));
}
