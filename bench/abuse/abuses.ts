import { ASKING } from './asking.ts';
import { BODIES } from './bodies.ts';
import { CONNECTIONS } from './connections.ts';
import { EVENTS } from './events.ts';
import type { Abuse } from './target.ts';

/** Every abuse that an honest sender is measured beside. */
export const ABUSES: readonly Abuse[] = [...BODIES, ...CONNECTIONS, ...EVENTS, ...ASKING];
