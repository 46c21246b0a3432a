import { EVENT_KINDS, type EventKind } from '../kinds/index.ts';
import type { Door } from './door.ts';
import { jsonDoor } from './json-door.ts';

/** Every way in for events. A new protocol is a file and a line here. */
export const DOORS: readonly Door[] = [...(Object.keys(EVENT_KINDS) as EventKind[]).map(jsonDoor)];
